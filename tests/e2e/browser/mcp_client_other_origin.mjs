// With --cors the official MCP client works in a page of another origin: with sessions, streams and a challenge.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { complaint } from '../lib/steps.mjs';

export const flags = ['--cors', '*'];
export const options = { javaScriptEnabled: true };
export const tolerated = [complaint(400), complaint(401), complaint(404), complaint(405)];

const SCRIPTS = {
    '@modelcontextprotocol/client': '@modelcontextprotocol/client/dist/index.mjs',
    '@modelcontextprotocol/client/_shims': '@modelcontextprotocol/client/dist/shimsBrowser.mjs',
    '@modelcontextprotocol/core': '@modelcontextprotocol/core/dist/index.mjs',
    '@modelcontextprotocol/core/internal': '@modelcontextprotocol/core/dist/internal.mjs',
    'eventsource': 'eventsource/dist/index.js',
    'eventsource-parser': 'eventsource-parser/dist/index.js',
    'eventsource-parser/stream': 'eventsource-parser/dist/stream.js',
    'jose': 'jose/dist/webapi/index.js',
    'pkce-challenge': 'pkce-challenge/dist/index.browser.js',
    'zod': 'zod/index.js',
    'zod/v4': 'zod/v4/index.js',
};

/** In the page: the tools of a server, and the header of its own that says why there are none. */
async function use(url) {
    const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
    const client = new Client({ name: 'page', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    const transport = new StreamableHTTPClientTransport(new URL(url));
    try {
        await client.connect(transport);
        const { tools } = await client.listTools();
        return { tools: tools.map(tool => tool.name), session: transport.sessionId };
    } catch (error) {
        const { headers } = await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
        return { error: error.message, challenge: headers.get('www-authenticate') };
    } finally {
        await client.close();
    }
}

export default async ({ mock, app, page, dir }) => {
    const imports = Object.fromEntries(Object.entries(SCRIPTS).map(([name, file]) => [name, `/scripts/${file}`]));
    app.folders.set('/scripts/', join(dir, 'node_modules'));
    await page.goto(app.serve('/client', `<script type="importmap">${JSON.stringify({ imports })}</script>` +
        `<script type="module">window.use = ${use}</script>`));
    const at = preset => `${mock.origin}/_mock/mcp/${preset}`;

    const legacy = await page.evaluate(url => window.use(url), at('legacy'));
    assert.ok(legacy.tools?.includes('echo'), JSON.stringify(legacy));
    assert.ok(legacy.session, 'the session is seen');
    for (const preset of ['modern', 'legacy?sse=1'])
        assert.ok((await page.evaluate(url => window.use(url), at(preset))).tools?.includes('echo'), preset);
    assert.match((await page.evaluate(url => window.use(url), at('oauth'))).challenge, /^Bearer resource_metadata=/);
};
