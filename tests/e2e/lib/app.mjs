// The client application: a small web server of another origin, to which the browser returns after a flow.

import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const HOME = '<!doctype html><html lang="en"><title>The application</title><h1>Back in the application</h1></html>';

export async function startApp() {
    const app = new App();
    app.server.listen(0, '127.0.0.1');
    await once(app.server, 'listening');
    return app;
}

class App {
    constructor() {
        this.visits = [];       // every request but the browser's own for an icon: { url, method, referer }
        this.pages = new Map(); // path -> HTML, beside HOME which is everywhere else
        this.folders = new Map(); // prefix -> folder of scripts
        this.server = createServer((request, reply) => this.answer(request, reply));
    }

    answer(request, reply) {
        const url = new URL(request.url, this.url('/'));
        if (url.pathname === '/favicon.ico') {
            reply.writeHead(204).end();
            return;
        }
        const script = [...this.folders].find(([prefix]) => url.pathname.startsWith(prefix));
        if (script) {
            const [prefix, folder] = script;
            reply.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' });
            reply.end(readFileSync(join(folder, url.pathname.slice(prefix.length))));
            return;
        }
        this.visits.push({ url, method: request.method, referer: request.headers.referer });
        reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        reply.end(this.pages.get(url.pathname) ?? HOME);
    }

    /** An address of the application; `host` may be localhost, which is another site for a browser. */
    url(path, host = '127.0.0.1') {
        return `http://${host}:${this.server.address().port}${path}`;
    }

    /** Serves an HTML page at a path and answers its address. */
    serve(path, body, host) {
        this.pages.set(path, `<!doctype html><html lang="en"><title>The application</title>${body}</html>`);
        return this.url(path, host);
    }

    /** The query of the only visit so far, as an object. */
    arrival() {
        if (this.visits.length !== 1)
            throw new Error(`the application was visited ${this.visits.length} times: ` +
                this.visits.map(visit => visit.url.href).join(' '));
        return Object.fromEntries(this.visits[0].url.searchParams);
    }

    async stop() {
        this.server.close();
        this.server.closeAllConnections();
    }
}
