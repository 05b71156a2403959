// Tiny servers for the tests, which do what a script says and nothing else.

import { once } from 'node:events';
import { createServer } from 'node:http';

async function readBody(request) {
    let body = '';
    for await (const piece of request.setEncoding('utf8'))
        body += piece;
    return body;
}

/** A server of its own on a free port; `handle(request, response)` may answer, and be asynchronous. */
export async function listen(handle) {
    const server = createServer(handle).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    return {
        server, port, origin: `http://127.0.0.1:${port}`,
        stop() {
            server.closeAllConnections();
            server.close();
        },
    };
}

/** A server that answers what `script(request, origin)` says: { status, headers, body }, where a body that is no text
 *  is JSON, or nothing for 404. A request is { method, path, headers, body, rpc }; all are kept in `asked`. */
export async function scripted(script) {
    const asked = [];
    const it = await listen(async (request, response) => {
        const body = await readBody(request);
        const seen = { method: request.method, path: request.url, headers: request.headers, body };
        if (request.headers['content-type']?.startsWith('application/json'))
            seen.rpc = JSON.parse(body);
        asked.push(seen);
        const { status = 200, headers = {}, body: reply } = await script(seen, it.origin) ?? { status: 404 };
        const isJson = reply !== undefined && typeof reply !== 'string' && !Buffer.isBuffer(reply);
        response.writeHead(status, { ...isJson && { 'content-type': 'application/json' }, ...headers });
        response.end(isJson ? JSON.stringify(reply) : reply);
    });
    return Object.assign(it, { asked });
}

// ---- JSON-RPC -------------------------------------------------------------------------------------------------

export const result = (rpc, value, more) => ({ body: { jsonrpc: '2.0', id: rpc.id, result: value }, ...more });

export const error = (rpc, code, message, more) =>
    ({ body: { jsonrpc: '2.0', id: rpc?.id ?? null, error: { code, message, ...more?.data && { data: more.data } } },
        status: more?.status ?? 200 });

export const tool = name => ({ name, description: `Does ${name}`, inputSchema: { type: 'object' } });

/** The same as the mock tells it. */
export const told = name => ({ name, description: `Does ${name}`, input_schema: { type: 'object' } });

/** Answers of a server of the legacy revisions whose tools/list is `list(rpc)`; undefined for what is no message. */
export function legacy({ rpc, method }, list, { version = '2025-11-25', headers } = {}) {
    if (method !== 'POST' || !rpc)
        return { status: 405 };
    if (rpc.method === 'initialize')
        return result(rpc, { protocolVersion: version, capabilities: { tools: {} },
            serverInfo: { name: 'scripted', version: '1' } }, { headers });
    if (rpc.method === 'notifications/initialized')
        return { status: 202 };
    return rpc.method === 'tools/list' ? list(rpc) : error(rpc, -32601, 'Method not found');
}

/** The same of 2026-07-28. */
export function modern({ rpc, method }, list) {
    if (method !== 'POST' || !rpc)
        return { status: 405 };
    if (rpc.method === 'server/discover')
        return result(rpc, { resultType: 'complete', supportedVersions: ['2026-07-28'], capabilities: { tools: {} },
            ttlMs: 0, cacheScope: 'private' });
    if (rpc.method === 'tools/list')
        return list(rpc);
    return error(rpc, -32601, 'Method not found', { status: 404 });
}

export const listOf = (...names) => rpc =>
    result(rpc, { resultType: 'complete', tools: names.map(tool), ttlMs: 0, cacheScope: 'private' });
