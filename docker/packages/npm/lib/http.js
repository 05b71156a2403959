// One call of the mock: JSON in, JSON out. Not fetch: that cannot be told to trust the mock's own authority.

'use strict';

const http = require('node:http');
const https = require('node:https');
const { eventsOf } = require('./stream.js');

const TIMEOUT_MS = 120000; // the longest that a verify may wait is 60 s

/** The mock refused a call. */
class MockError extends Error {
    constructor(operation, status, body) {
        super(`${operation}: ${status} ${body && body.message ? body.message : JSON.stringify(body)}`);
        this.name = 'MockError';
        this.operation = operation;
        this.status = status;
        this.body = body;
    }
}

function parse(text, type) {
    return /\bjson\b/.test(type ?? '') ? JSON.parse(text) : text;
}

/** What is known before a body has come: a stream's events, where a redirect leads, that there is none. */
function headOf({ statusCode: status, headers }, method) {
    if (method === 'GET' && /^text\/event-stream\b/.test(headers['content-type'] ?? ''))
        return incoming => ({ status, body: eventsOf(incoming) });
    if (status === 204 || (status >= 300 && status < 400))
        return incoming => ({ status, body: incoming.resume().headers.location });
    return undefined;
}

/** One exchange: { status, body }, or an error. */
function exchange(server, method, url, payload, more) {
    const { request } = url.startsWith('https:') ? https : http;
    const headers = {
        ...payload && { 'content-type': 'application/json', 'content-length': payload.length },
        ...server.adminToken && { authorization: `Bearer ${server.adminToken}` },
        ...more,
    };
    return new Promise((done, fail) => {
        const outgoing = request(url, { method, headers, agent: server.agent, ca: server.ca, timeout: TIMEOUT_MS });
        const failed = error => fail(Object.assign(error, { wasReused: outgoing.reusedSocket }));
        outgoing.on('timeout', () => outgoing.destroy(new Error(`no reply to ${method} ${url}`)));
        outgoing.on('error', failed);
        outgoing.on('response', incoming => {
            const chunks = [], head = headOf(incoming, method);
            if (head)
                return void done(head(incoming));
            incoming.on('data', chunk => chunks.push(chunk));
            incoming.on('error', fail);
            incoming.on('end', () => {
                try {
                    const text = Buffer.concat(chunks).toString();
                    done({ status: incoming.statusCode, body: parse(text, incoming.headers['content-type']) });
                } catch (error) {
                    fail(error);
                }
            });
            return undefined;
        });
        outgoing.end(payload);
    });
}

/** The same once more when a connection that was kept open had been closed meanwhile, so that nothing was read of it.
 *  `server` says how it is reached: { ca, adminToken, agent }. */
async function send(server, method, url, body) {
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    try {
        return await exchange(server, method, url, payload);
    } catch (error) {
        if (!error.wasReused || error.code !== 'ECONNRESET')
            throw error;
        return exchange(server, method, url, payload);
    }
}

/** Exactly once, on a connection of its own: what a fault does to it is not hidden. `text` is the body. */
function sendOnce(server, method, url, text, headers) {
    return exchange({ ...server, agent: false }, method, url, text === undefined ? undefined : Buffer.from(text), headers);
}

const isLoopback = ({ hostname }) => hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);

/** The authority of a mock that made its certificate itself, in PEM; asked of this machine alone, as nothing vouches for it. */
async function readAuthority(url) {
    const address = new URL(url);
    if (address.protocol !== 'https:' || !isLoopback(address))
        return undefined;
    const agent = new https.Agent({ rejectUnauthorized: false });
    const { status, body } = await send({ agent }, 'GET', new URL('/_mock/ca.pem', address).href);
    agent.destroy();
    return status === 200 ? body : undefined;
}

/** How the control plane of a server is reached from now on. */
function reach(url, { ca, adminToken }) {
    const { Agent } = url.startsWith('https:') ? https : http;
    return { ca, adminToken, agent: new Agent({ keepAlive: true, ca }) };
}

module.exports = { MockError, send, sendOnce, reach, readAuthority };
