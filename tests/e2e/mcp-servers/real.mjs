// MCP servers that others wrote, each on a port of its own.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from './scripted.mjs';

const START_MS = 20000;

/** What of the SDK's server side is installed in `dir`. */
export function loadSdk(dir) {
    const require = createRequire(resolve(dir, 'package.json'));
    return {
        dir,
        ...require('@modelcontextprotocol/sdk/server/index.js'),
        ...require('@modelcontextprotocol/sdk/server/express.js'),
        ...require('@modelcontextprotocol/sdk/server/sse.js'),
        ...require('@modelcontextprotocol/sdk/server/streamableHttp.js'),
        ...require('@modelcontextprotocol/sdk/server/auth/router.js'),
        ...require('@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js'),
        ...require('@modelcontextprotocol/sdk/server/auth/errors.js'),
        ...require('@modelcontextprotocol/sdk/types.js'),
    };
}

// ---- @modelcontextprotocol/server-everything -------------------------------------------------------------------

async function freePort() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    await new Promise(done => server.close(done));
    return port;
}

async function answers(url, child, log) {
    for (const end = Date.now() + START_MS; Date.now() < end; await sleep(50)) {
        if (child.exitCode !== null)
            break;
        if (await fetch(url, { method: 'HEAD' }).then(() => true, () => false))
            return;
    }
    throw new Error(`server-everything did not start: ${log.text}`);
}

/** `mode`: streamableHttp or sse. */
export async function everything(sdk, mode) {
    const port = await freePort();
    const program = join(resolve(sdk.dir), 'node_modules/@modelcontextprotocol/server-everything/dist/index.js');
    const child = spawn(process.execPath, [program, mode],
        { env: { ...process.env, PORT: port }, stdio: ['ignore', 'pipe', 'pipe'], cwd: dirname(program) });
    const log = { text: '' };
    for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', text => { log.text += text; });
    const it = {
        origin: `http://127.0.0.1:${port}`, log,
        async stop() {
            child.kill('SIGKILL');
            await once(child, 'close');
        },
    };
    try {
        await answers(`${it.origin}/`, child, log);
    } catch (problem) {
        await it.stop();
        throw problem;
    }
    return it;
}

// ---- servers made with the SDK ---------------------------------------------------------------------------------

/** Tools in pages of two; the second page's cursor is the empty string, which is one like any other. */
function makeServer(sdk, names) {
    const server = new sdk.Server({ name: 'sdk', version: '1.0.0' }, { capabilities: { tools: {} } });
    server.setRequestHandler(sdk.ListToolsRequestSchema, ({ params }) => {
        const cursor = params?.cursor;
        const at = cursor === undefined ? 0 : cursor === '' ? 2 : Number(cursor);
        const next = at + 2 < names.length ? { nextCursor: at === 0 ? '' : String(at + 2) } : {};
        const tools = names.slice(at, at + 2).map(name =>
            ({ name, description: `Does ${name}`, inputSchema: { type: 'object' } }));
        return { tools, ...next };
    });
    return server;
}

/** Streamable HTTP: with sessions or without, answering with JSON or with event streams. `open` are its sessions. */
function mount(sdk, app, { stateful, json, names = ['one', 'two', 'three', 'four', 'five'], guards = [] }) {
    const open = new Map();
    const begun = [];
    app.all('/mcp', ...guards, async (request, response) => {
        let transport = open.get(request.headers['mcp-session-id']);
        if (!transport) {
            transport = new sdk.StreamableHTTPServerTransport({
                sessionIdGenerator: stateful ? randomUUID : undefined,
                enableJsonResponse: json,
                onsessioninitialized: id => { open.set(id, transport); begun.push(id); },
                onsessionclosed: id => open.delete(id),
            });
            await makeServer(sdk, names).connect(transport);
        }
        await transport.handleRequest(request, response, request.body);
    });
    return { open, begun };
}

export async function sdkServer(sdk, options) {
    const app = sdk.createMcpExpressApp();
    const sessions = mount(sdk, app, options);
    return Object.assign(await listen(app), sessions);
}

/** The transport of 2024-11-05. */
export async function sdkSseServer(sdk) {
    const app = sdk.createMcpExpressApp();
    const transports = new Map();
    app.get('/sse', async (request, response) => {
        const transport = new sdk.SSEServerTransport('/messages', response);
        transports.set(transport.sessionId, transport);
        await makeServer(sdk, ['one', 'two', 'three']).connect(transport);
    });
    app.post('/messages', (request, response) =>
        transports.get(request.query.sessionId).handlePostMessage(request, response, request.body));
    return listen(app);
}

/** Keeps everything in memory, and approves at once unless `denies`. */
class DemoProvider {
    constructor(sdk, denies) {
        Object.assign(this, { sdk, denies, clients: new Map(), codes: new Map(), tokens: new Map() });
        this.clientsStore = {
            getClient: id => this.clients.get(id),
            registerClient: client => {
                const made = { ...client, client_id: client.client_id ?? randomUUID() };
                this.clients.set(made.client_id, made);
                return made;
            },
        };
    }
    async authorize(client, params, response) {
        const to = new URL(params.redirectUri);
        const code = randomUUID();
        this.codes.set(code, { client, params });
        to.searchParams.set(this.denies ? 'error' : 'code', this.denies ? 'access_denied' : code);
        to.searchParams.set('state', params.state);
        response.redirect(to.href);
    }
    async challengeForAuthorizationCode(client, code) {
        return this.codes.get(code)?.params.codeChallenge;
    }
    async exchangeAuthorizationCode(client, code, verifier, redirectUri, resource) {
        const { params } = this.codes.get(code);
        this.codes.delete(code);
        this.last = { token: randomUUID(), resource, params, redirectUri, client };
        this.tokens.set(this.last.token, client.client_id);
        const scope = params.scopes.join(' ');
        return { access_token: this.last.token, token_type: 'bearer', expires_in: 3600, scope };
    }
    async verifyAccessToken(token) {
        if (!this.tokens.has(token))
            throw new this.sdk.InvalidTokenError('unknown token');
        return { token, clientId: this.tokens.get(token), scopes: ['mcp:tools'], expiresAt: Date.now() / 1000 + 3600 };
    }
}

/** An MCP server and its authorization server, as the SDK's mcpAuthRouter makes one. */
export async function sdkOauthServer(sdk, { denies = false } = {}) {
    const app = sdk.createMcpExpressApp();
    const it = await listen(app);
    const provider = new DemoProvider(sdk, denies);
    const url = new URL('/mcp', it.origin);
    app.use(sdk.mcpAuthRouter({
        provider, issuerUrl: new URL(it.origin), resourceServerUrl: url, scopesSupported: ['mcp:tools'],
        clientRegistrationOptions: { rateLimit: false }, tokenOptions: { rateLimit: false },
    }));
    const guard = sdk.requireBearerAuth({
        verifier: provider, requiredScopes: ['mcp:tools'],
        resourceMetadataUrl: sdk.getOAuthProtectedResourceMetadataUrl(url),
    });
    return Object.assign(it, mount(sdk, app, { stateful: true, names: ['guarded'], guards: [guard] }), { provider });
}
