// The official MCP clients as the tests use them, and a provider of OAuth clients that needs no browser.

import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const CALLBACK = 'http://127.0.0.1:3999/callback';

/** The clients that are installed in `dir`; `name`: of another version of the older SDK. */
export function loadSdk(dir, name = '@modelcontextprotocol/sdk') {
    const require = createRequire(resolve(dir, 'package.json'));
    return {
        ...require(`${name}/client/index.js`),
        ...require(`${name}/client/auth.js`),
        ...require(`${name}/client/sse.js`),
        ...require(`${name}/client/streamableHttp.js`),
        both: require('@modelcontextprotocol/client'),
    };
}

/** Keeps everything in memory; its browser is a fetch that does not follow redirects. */
export class Provider {
    /** `client`: one that is known beforehand; `metadata`: of one that is to be registered; `query`: for the page. */
    constructor({ client, metadata = {}, query = {} } = {}) {
        Object.assign(this, { client, metadata, query, states: 0 });
    }
    get redirectUrl() { return CALLBACK; }
    get clientMetadata() {
        return {
            client_name: 'SDK test', redirect_uris: [CALLBACK], grant_types: ['authorization_code', 'refresh_token'],
            response_types: ['code'], token_endpoint_auth_method: 'none', ...this.metadata,
        };
    }
    state() { return `state-${++this.states}`; }
    clientInformation() { return this.client; }
    saveClientInformation(client) { this.client = client; }
    tokens() { return this.saved; }
    saveTokens(tokens) { this.saved = tokens; }
    saveCodeVerifier(verifier) { this.verifier = verifier; }
    codeVerifier() { return this.verifier; }
    async redirectToAuthorization(url) {
        this.url = new URL(url);
        Object.entries(this.query).forEach(([name, value]) => this.url.searchParams.set(name, value));
        const reply = await fetch(this.url, { redirect: 'manual' });
        this.answer = new URL(reply.headers.get('location'));
    }
}

/** A client of the older SDK, which speaks the legacy revisions. */
export function newClient(sdk) {
    return new sdk.Client({ name: 'test', version: '1.0.0' });
}

/** Connects, authorizing on the way when a provider is given; the caller closes the client. */
export async function connect(sdk, url, { provider, headers } = {}) {
    const options = { authProvider: provider, requestInit: headers && { headers } };
    const first = new sdk.StreamableHTTPClientTransport(new URL(url), options);
    const client = newClient(sdk);
    try {
        await client.connect(first);
        return { client, transport: first };
    } catch (error) {
        if (!(error instanceof sdk.UnauthorizedError) || !provider?.answer)
            throw error;
    }
    const code = provider.answer.searchParams.get('code');
    if (!code)
        throw new Error(`not authorized: ${provider.answer.searchParams.get('error')}`);
    await first.finishAuth(code);
    const transport = new sdk.StreamableHTTPClientTransport(new URL(url), options);
    const again = newClient(sdk);
    await again.connect(transport);
    return { client: again, transport };
}

/** Every tool's name, page after page (an empty cursor is a cursor), and the cursors. */
export async function allTools(client) {
    const tools = [], cursors = [];
    for (let cursor; ;) {
        const page = await client.listTools(cursor === undefined ? {} : { cursor });
        tools.push(...page.tools.map(tool => tool.name));
        if (page.nextCursor === undefined)
            return { tools, cursors };
        cursors.push(cursor = page.nextCursor);
    }
}

/** Calls a tool; those of the built-in servers answer what they were called with. */
export async function call(client, name, args) {
    const result = await client.callTool({ name, arguments: args });
    return JSON.parse(result.content[0].text);
}
