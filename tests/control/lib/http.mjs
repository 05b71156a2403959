// HTTP as bytes: what fetch would not send.

import http from 'node:http';

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** A stream that ends with its reader alone: what comes within some time is its reply. */
const ENDLESS = /\/_mock\/events(\?|$)/;
const ENDLESS_MS = 100;

function finish(incoming, chunks, done) {
    const text = Buffer.concat(chunks).toString();
    done({
        status: incoming.statusCode, headers: incoming.headers, text,
        raw: `${incoming.rawHeaders.join('\n')}\n\n${text}`,
        json: () => JSON.parse(text),
    });
}

/** { status, headers, raw (head and body as text), text, json() }, or { cut: true } when no whole reply came. */
export function request(origin, method, path, { headers = {}, body, timeout = 20000 } = {}) {
    const url = new URL(origin);
    return new Promise((done, fail) => {
        const outgoing = http.request({ host: url.hostname, port: url.port, method, path, headers, agent, timeout });
        outgoing.on('response', incoming => {
            const chunks = [];
            incoming.on('data', chunk => chunks.push(chunk));
            if (method === 'GET' && ENDLESS.test(path) && incoming.statusCode === 200)
                setTimeout(() => { incoming.destroy(); finish(incoming, chunks, done); }, ENDLESS_MS);
            incoming.on('error', () => done({ cut: true, status: incoming.statusCode, text: Buffer.concat(chunks) + '' }));
            incoming.on('end', () => finish(incoming, chunks, done));
        });
        outgoing.on('timeout', () => outgoing.destroy(new Error(`no reply: ${method} ${path}`)));
        outgoing.on('error', error => (error.code === 'ECONNRESET' || error.code === 'EPIPE' ? done({ cut: true, code: error.code }) : fail(error)));
        outgoing.end(body);
    });
}
