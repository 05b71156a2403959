// What goes wrong in the field, each as a server that does just that: what a probe and a check say of it.
// A test is called with a Seen of run.mjs, which makes servers and calls the mock.

import assert from 'node:assert/strict';
import { asMetadata, authority, authorize, guarded, resource } from './oauth.mjs';
import { error, legacy, listOf, listen, modern, result, scripted, told, tool } from './scripted.mjs';

const WELL_KNOWN = '/.well-known';
const PRM = `${WELL_KNOWN}/oauth-protected-resource`;
const AS = `${WELL_KNOWN}/oauth-authorization-server`;
const OIDC = `${WELL_KNOWN}/openid-configuration`;
const HTML = { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>App</title>' };
const success = (...names) => ({ success: true, tools: names.map(told) });
const found = (origin, scopes = ['read']) =>
    ({ supports_dcr: true, authorization_endpoint: `${origin}/authorize`, scopes });

async function failsWith(probed, pattern) {
    const { success: ok, error: text, tools } = await probed;
    assert.equal(ok, false);
    assert.equal(tools, undefined);
    assert.match(text, pattern);
}

/** The server can be found by a check, and authorized. */
async function works(seen, server, issuer = server, scopes) {
    await failsWith(seen.probe(`${server.origin}/mcp`), /^401: the server asks for OAuth, a Bearer token/);
    assert.deepEqual(await seen.check(`${server.origin}/mcp`), found(issuer.origin, scopes));
    await seen.authorizes(`${server.origin}/mcp`);
}

const discovery = {
    async 'no metadata of the resource, bare challenge'(seen) {
        const server = await seen.make(guarded({ challenge: () => 'Bearer', documents: { [AS]: asMetadata } }));
        await works(seen, server);
        assert.ok(server.asked.some(one => one.path === `${PRM}/mcp`), 'looked at the path');
        assert.ok(server.asked.some(one => one.path === PRM), 'looked at the root');
    },

    async 'no metadata at all: the endpoints of 2025-03-26'(seen) {
        const server = await seen.make(guarded({ challenge: () => 'Bearer' }));
        assert.deepEqual(await seen.check(`${server.origin}/mcp`), { supports_dcr: false }); // a guess is not told
        await seen.authorizes(`${server.origin}/mcp`);
    },

    async 'metadata of the resource at the root only'(seen) {
        const documents = { [PRM]: origin => resource(origin, origin), [AS]: asMetadata };
        await works(seen, await seen.make(guarded({ challenge: () => 'Bearer realm="x"', documents })));
    },

    async 'a CDN refuses the path-aware metadata, another host authorizes'(seen) {
        for (const status of [401, 403]) {
            const issuer = await seen.make(authority({ [AS]: asMetadata }));
            const documents = {
                [`${PRM}/mcp`]: { status, headers: { 'content-type': 'text/html' }, body: '<h1>Blocked</h1>' },
                [PRM]: origin => resource(origin, issuer.origin),
            };
            await works(seen, await seen.make(guarded({ challenge: () => 'Bearer', documents })), issuer);
        }
    },

    async 'an authorization server with OpenID metadata only, appended to its path'(seen) {
        const tenant = origin => asMetadata(origin, `${origin}/tenant1`);
        for (const place of [`${OIDC}/tenant1`, `/tenant1${OIDC}`]) {
            const issuer = await seen.make(authority({ [place]: tenant }));
            const documents = { [`${PRM}/mcp`]: origin => resource(`${origin}/mcp`, `${issuer.origin}/tenant1`) };
            await works(seen, await seen.make(guarded({ challenge: () => 'Bearer', documents })), issuer);
            assert.equal(issuer.asked[0].path, `${AS}/tenant1`);
        }
    },

    async 'metadata of the resource at an odd path'(seen) {
        const documents = { '/odd/prm.json': origin => resource(`${origin}/mcp`, origin), [AS]: asMetadata };
        const challenge = origin =>
            `bearer error="invalid_token", resource_metadata="${origin}/odd/prm.json", scope="a b"`;
        const server = await seen.make(guarded({ challenge, documents }));
        await works(seen, server, server, ['a', 'b']);
        assert.ok(!server.asked.some(one => one.path.startsWith(PRM)), 'looked nowhere else');
    },

    async 'authorization wanted but not advertised'(seen) {
        const server = await seen.make(guarded({}));
        await failsWith(seen.probe(`${server.origin}/mcp`),
            /^401: the server asks for credentials, without saying which/);
        assert.deepEqual(await seen.check(`${server.origin}/mcp`), { supports_dcr: false });
    },

    async 'another kind of credential'(seen) {
        const server = await seen.make(guarded({ challenge: () => 'Basic realm="Intranet"' }));
        await failsWith(seen.probe(`${server.origin}/mcp`),
            /^401: the server asks for Basic authentication \(realm "Intranet"\)/);
        assert.deepEqual(await seen.check(`${server.origin}/mcp`), { supports_dcr: false });
        assert.match(await seen.refused(`${server.origin}/mcp`), /asks for Basic, not for OAuth/);
    },

    async 'issuer mismatch'(seen) {
        const documents = { [`${PRM}/mcp`]: origin => resource(`${origin}/mcp`, origin),
            [AS]: origin => asMetadata(origin, 'https://other.example') };
        const server = await seen.make(guarded({ challenge: () => 'Bearer', documents }));
        assert.deepEqual(await seen.check(`${server.origin}/mcp`), { supports_dcr: false });
        assert.match(await seen.refused(`${server.origin}/mcp`), /describe the issuer https:\/\/other\.example, not http:/);
        assert.ok(!server.asked.some(one => one.path === '/register'), 'nobody registered');
    },

    async 'the methods of PKCE are missing'(seen) {
        const documents = {
            [`${PRM}/mcp`]: origin => resource(`${origin}/mcp`, origin),
            [AS]: origin => ({ ...asMetadata(origin), code_challenge_methods_supported: undefined }),
        };
        const server = await seen.make(guarded({ challenge: () => 'Bearer', documents }));
        assert.deepEqual(await seen.check(`${server.origin}/mcp`), found(server.origin));
        assert.match(await seen.refused(`${server.origin}/mcp`), /has no code_challenge_methods_supported/);
    },

    async 'registration is refused'(seen) {
        for (const [status, body, said] of [
            [400, { error: 'invalid_redirect_uri', error_description: 'No loopback here' },
                /invalid_redirect_uri: No loopback here/],
            [403, '<h1>Forbidden</h1>', /answered 403/]]) {
            const respond = ({ path }) => path === '/register' && { status, body };
            const documents = { [`${PRM}/mcp`]: origin => resource(`${origin}/mcp`, origin), [AS]: asMetadata };
            const server = await seen.make(guarded({ challenge: () => 'Bearer', documents, respond }));
            assert.deepEqual(await seen.check(`${server.origin}/mcp`), found(server.origin));
            assert.match(await seen.refused(`${server.origin}/mcp`), said);
        }
    },

    async 'metadata that fail or are wrong: the next place is asked'(seen) {
        const bad = [{ status: 500, body: 'oops' }, { status: 502, body: '' }, { body: ['no'] },
            { body: { issuer: 7 } }, HTML];
        for (const one of bad) {
            const documents = { [`${PRM}/mcp`]: one, [PRM]: origin => resource(origin, origin), [AS]: one, [OIDC]: asMetadata };
            const server = await seen.make(guarded({ challenge: () => 'Bearer', documents }));
            assert.deepEqual(await seen.check(`${server.origin}/mcp`), found(server.origin));
            await seen.authorizes(`${server.origin}/mcp`);
            await seen.mock.logs(new RegExp(`warning: .*${server.port}${AS}.* passed over`));
        }
    },

    async 'two challenges, in one header or in two'(seen) {
        for (const both of [value => value.join(', '), value => value]) {
            const documents = { '/odd/prm.json': origin => resource(`${origin}/mcp`, origin), [AS]: asMetadata };
            const challenge = origin => both(['Bearer error="invalid_token"', 'Basic realm="x"',
                `Bearer resource_metadata="${origin}/odd/prm.json", scope="a b"`]);
            const server = await seen.make(guarded({ challenge, documents }));
            await works(seen, server, server, ['a', 'b']);
        }
    },

    async 'scopes: what the authorization server knows is shown, and not asked for'(seen) {
        const documents = { [`${PRM}/mcp`]: origin => ({ ...resource(`${origin}/mcp`, origin), scopes_supported: undefined }),
            [AS]: origin => ({ ...asMetadata(origin), scopes_supported: ['openid', 'admin'] }) };
        const server = await seen.make(guarded({ challenge: () => 'Bearer', documents }));
        assert.deepEqual(await seen.check(`${server.origin}/mcp`), found(server.origin, ['openid', 'admin']));
        assert.equal(new URL(await seen.start(`${server.origin}/mcp`)).searchParams.get('scope'), null);
        const { body } = server.asked.find(one => one.path === '/register');
        assert.equal(JSON.parse(body).scope, undefined);
    },

    async 'a web application answers every path with its page'(seen) {
        const respond = ({ method, path }) => method === 'GET' && path.startsWith(WELL_KNOWN) && HTML;
        const server = await seen.make(guarded({ challenge: () => 'Bearer', respond }));
        assert.deepEqual(await seen.check(`${server.origin}/mcp`), { supports_dcr: false });
    },

    async 'a registration with basic and no secret, times with fractions'(seen) {
        for (const more of [{}, { client_secret: null }, { client_secret: '', client_secret_expires_at: 0.5 }]) {
            const respond = ({ path, body }, origin) => {
                if (path === '/register')
                    return { status: 201, body: { ...JSON.parse(body), client_id: 'c-12345678',
                        token_endpoint_auth_method: 'client_secret_basic', ...more } };
                return path === '/token' && { body: { access_token: 'at', token_type: 'Bearer', expires_in: 3599.5 } };
            };
            const documents = { [`${PRM}/mcp`]: origin => resource(`${origin}/mcp`, origin), [AS]: asMetadata };
            const server = await seen.make(guarded({ challenge: () => 'Bearer', documents, respond }));
            await seen.authorizes(`${server.origin}/mcp`);
            const token = server.asked.find(one => one.path === '/token');
            assert.equal(token.headers.authorization, undefined);
            await seen.mock.logs(/warning: the registration says client_secret_basic but has no client_secret/);
            await seen.mock.logs(/warning: expires_in of the token answer is no whole number/);
        }
    },

    async 'only a client with a secret is registered'(seen) {
        let sent;
        const respond = (request, origin) => {
            if (request.path === '/register')
                return { status: 201, body: { ...JSON.parse(request.body), client_id: 'c', client_secret: 's&c r:t',
                    client_secret_expires_at: 0, token_endpoint_auth_method: 'client_secret_basic' } };
            if (request.path === '/token')
                sent = request.headers.authorization;
            return authorize(request, origin);
        };
        const documents = { [AS]: origin =>
            ({ ...asMetadata(origin), token_endpoint_auth_methods_supported: ['client_secret_basic'] }) };
        const server = await seen.make(guarded({ challenge: () => 'Bearer', documents, respond }));
        await seen.authorizes(`${server.origin}/mcp`);
        const [id, secret] = Buffer.from(sent.slice('Basic '.length), 'base64').toString().split(':');
        assert.equal(id, 'c');
        assert.equal(new URLSearchParams(`s=${secret}`).get('s'), 's&c r:t');
    },

    async 'the code is refused'(seen) {
        const respond = ({ path }) => path === '/token' &&
            { status: 400, body: { error: 'invalid_grant', error_description: 'Too old' } };
        const documents = { [AS]: asMetadata };
        const server = await seen.make(guarded({ challenge: () => 'Bearer', documents, respond }));
        const { searchParams } = await seen.follow(await seen.start(`${server.origin}/mcp`));
        assert.equal(searchParams.get('status'), 'error');
        assert.equal(searchParams.get('error'), 'invalid_grant');
        assert.match(searchParams.get('error_description'), /Too old/);
    },
};

// ---- the protocol ----------------------------------------------------------------------------------------------

const protocol = {
    async 'legacy only'(seen) {
        for (const version of ['2025-03-26', '2025-06-18', '2025-11-25']) {
            const server = await seen.make(scripted(request => legacy(request, listOf('a', 'b'), { version })));
            assert.deepEqual(await seen.probe(server.origin), success('a', 'b'));
            const list = server.asked.find(one => one.rpc?.method === 'tools/list');
            assert.equal(list.headers['mcp-protocol-version'], version);
        }
    },

    async 'modern only'(seen) {
        const server = await seen.make(scripted(request => modern(request, listOf('a'))));
        assert.deepEqual(await seen.probe(server.origin), success('a'));
        assert.ok(server.asked.every(one => one.headers['mcp-protocol-version'] === '2026-07-28' &&
            one.headers['mcp-method'] === one.rpc.method));
        assert.ok(!server.asked.some(one => one.rpc.method === 'initialize'), 'no handshake');
    },

    async 'both eras'(seen) {
        const server = await seen.make(scripted(request =>
            (request.headers['mcp-method'] ? modern : legacy)(request, listOf('a'))));
        assert.deepEqual(await seen.probe(server.origin), success('a'));
    },

    async 'a version that nobody here speaks'(seen) {
        const server = await seen.make(scripted(request => legacy(request, listOf('a'), { version: '2031-01-01' })));
        await failsWith(seen.probe(server.origin), /2031-01-01/);
    },

    async 'event streams only'(seen) {
        let stream;
        const answer = rpc => {
            const { body } = legacy({ method: 'POST', rpc }, listOf('a', 'b'), { version: '2024-11-05' });
            if (body)
                stream.write(`event: message\ndata: ${JSON.stringify(body)}\n\n`);
        };
        const server = await seen.make(listen(async (request, response) => {
            if (request.method === 'GET' && request.url === '/sse') {
                stream = response;
                response.writeHead(200, { 'content-type': 'text/event-stream' });
                return response.write(': hello\n\nevent: endpoint\ndata: /messages?id=1\n\n');
            }
            if (request.method !== 'POST' || request.url !== '/messages?id=1')
                return response.writeHead(404).end();
            let body = '';
            for await (const piece of request)
                body += piece;
            response.writeHead(202).end('Accepted');
            return answer(JSON.parse(body));
        }));
        assert.deepEqual(await seen.probe(`${server.origin}/sse`), success('a', 'b'));
        assert.deepEqual(await seen.check(`${server.origin}/sse`), { supports_dcr: false });
    },

    async 'messages are to go to another host'(seen) {
        const server = await seen.make(listen((request, response) => {
            if (request.method !== 'GET')
                return response.writeHead(405).end();
            response.writeHead(200, { 'content-type': 'text/event-stream' });
            return response.write('event: endpoint\ndata: http://127.0.0.1:1/messages\n\n');
        }));
        await failsWith(seen.probe(server.origin), /of another origin: http:\/\/127\.0\.0\.1:1\/messages/);
    },

    async 'a session that expires is begun anew, once'(seen) {
        for (const expired of [1, 99]) {
            let lost = 0, begun = 0;
            const server = await seen.make(scripted(request => {
                if (request.rpc?.method === 'tools/list' && lost++ < expired)
                    return error(request.rpc, -32001, 'Session not found', { status: 404 });
                begun += request.rpc?.method === 'initialize';
                return legacy(request, listOf('a'), { headers: { 'mcp-session-id': `s-${begun}` } });
            }));
            if (expired === 1)
                assert.deepEqual(await seen.probe(server.origin), success('a'));
            else
                await failsWith(seen.probe(server.origin), /Session not found/);
            assert.equal(begun, 2);
        }
    },

    async 'a list that does not end: what came counts, each tool once'(seen) {
        const names = n => Array.from({ length: n }, (_, i) => `t${i}`);
        for (const [nextCursor, tools, said, expected, pages] of [
            [() => 'again', n => [`t${n}`], /it repeats cursor "again"/, names(2), 2],
            [() => '', n => [`t${n}`], /it repeats cursor ""/, names(2), 2],
            [n => ['a', 'b', 'a'][n], n => [`t${n}`], /it repeats cursor "a"/, names(3), 3],
            [n => `page-${n}`, () => ['t0', 't1'], /it repeats a page/, names(2), 2],
            [n => `page-${n}`, n => [`t${n}`], /has more than 50 pages: the first ones are kept/, names(50), 50],
            [n => n < 3 ? `page-${n}` : undefined, n => ['t0', `t${n}`], /tool t0, and perhaps others: listed more than once/, names(4), 4]]) {
            let n = 0;
            const server = await seen.make(scripted(request =>
                legacy(request, rpc => result(rpc, { tools: tools(n).map(tool), nextCursor: nextCursor(n++) }))));
            assert.deepEqual(await seen.noted(server.origin, said), expected);
            assert.equal(n, pages);
        }
    },

    async 'more tools than are kept'(seen) {
        const names = Array.from({ length: 3000 }, (_, i) => `tool_${i}`);
        const server = await seen.make(scripted(request => legacy(request, listOf(...names))));
        assert.deepEqual(await seen.noted(server.origin, /more than 2000 tools: the first ones are kept/),
            names.slice(0, 2000));
    },

    async 'more bytes than are read: the pages that came count'(seen) {
        const large = 'x'.repeat(1500000);
        for (const one of [legacy, modern]) {
            let n = 0;
            const server = await seen.make(scripted(request => one(request, rpc =>
                result(rpc, { resultType: 'complete', nextCursor: `c${n}`,
                    tools: [{ ...tool(`t${n++}`), description: large }] }))));
            assert.deepEqual(await seen.noted(server.origin, /the tools that came before are kept/), ['t0', 't1']);
        }
    },

    async 'a tool that is listed twice is told once'(seen) {
        const server = await seen.make(scripted(request => legacy(request, listOf('a', 'b', 'a'))));
        assert.deepEqual(await seen.noted(server.origin, /tool a, and perhaps others: listed more than once/), ['a', 'b']);
    },

    async 'text that is nearly JSON is taken as it comes'(seen) {
        const raw = { status: 200, headers: { 'content-type': 'application/json' } };
        for (const [description, said, expected] of [
            ['"a\\ud800z"', /lone surrogates/, 'a\ufffdz'],
            ['"\\udc00\\ud83d\\ude00"', /lone surrogates/, '\ufffd\u{1f600}'],
            ['"a\\u0000z"', /NUL characters/, 'a\ufffdz'],
            ['"a\u0001z"', /control characters/, 'a\u0001z'],
            ['"first", "description": "last"', /repeated members/, 'last'],
            [Buffer.from('22c3c32261', 'hex').subarray(0, 4), /bad UTF-8/, '\ufffd\ufffd'],
            ['"a", "x": [1e400, -1e400, 1E999]', /numbers that are too large/, 'a']])
            for (const one of [legacy, modern]) {
                const server = await seen.make(scripted(request => one(request, rpc => ({ ...raw, body: Buffer.concat([
                    Buffer.from(`{"jsonrpc": "2.0", "id": ${rpc.id}, "result": {"resultType": "complete", "tools": ` +
                        '[{"name": "t", "inputSchema": {"type": "object"}, "description": '),
                    Buffer.from(description), Buffer.from('}]}}')]) }))));
                assert.deepEqual(await seen.noted(server.origin, said), ['t']);
                assert.equal((await seen.probe(server.origin)).tools[0].description, expected);
            }
    },

    async 'what official clients refuse is accepted, case by case'(seen) {
        const text = { status: 200, headers: { 'content-type': 'text/plain' } };
        const list = (...tools) => rpc => result(rpc, { resultType: 'complete', tools });
        for (const [answer, said, names] of [
            [list({ name: 'a', inputSchema: {} }), /inputSchema has not the type object/, ['a']],
            [list({ name: 'a', inputSchema: { type: 'string' } }), /inputSchema has not the type object/, ['a']],
            [list({ name: 'a' }), /inputSchema is not an object/, ['a']],
            [list({ name: 'a', inputSchema: [] }, tool('b')), /inputSchema is not an object/, ['a', 'b']],
            [list({ ...tool('a'), description: { en: 'x' } }), /description is no text/, ['a']],
            [list({ ...tool('a'), name: 7 }, tool('b')), /without a name/, ['b']],
            [rpc => result(rpc, { resultType: 'complete', tools: [tool('a')], nextCursor: 7 }), /nextCursor is no text/, ['a']],
            [rpc => ({ ...text, body: JSON.stringify({ jsonrpc: '2.0', id: rpc.id, result: { resultType: 'complete',
                tools: [tool('a')] } }) }), /sends JSON as text\/plain/, ['a']],
            ...[undefined, '1.0', 2, null].map(jsonrpc => [rpc => ({ body: { jsonrpc, id: rpc.id, result: {
                resultType: 'complete', tools: [tool('a')] } } }), /do not say "jsonrpc": "2\.0"/, ['a']]),
            [rpc => result({ id: String(rpc.id) }, { resultType: 'complete', tools: [tool('a')] }), /a string as id/, ['a']]])
            for (const one of [legacy, modern]) {
                const server = await seen.make(scripted(request => one(request, answer)));
                assert.deepEqual(await seen.noted(server.origin, said), names);
            }
        for (const [greeting, said] of [
            [{ protocolVersion: '2025-06-18', capabilities: { tools: {} } }, /lacks serverInfo/],
            [{ protocolVersion: '2025-06-18', serverInfo: { name: 'x', version: '1' } }, /lacks capabilities/],
            [{ protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'x' } },
                /serverInfo\/version Invalid input/],
            [{ capabilities: { tools: {} }, serverInfo: { name: 'x', version: '1' } }, /names no protocolVersion/]]) {
            const server = await seen.make(scripted(request => request.rpc?.method === 'initialize'
                ? result(request.rpc, greeting) : legacy(request, listOf('a'))));
            assert.deepEqual(await seen.noted(server.origin, said), ['a']);
        }
    },

    async 'an x-mcp-header that is invalid drops its tool, in the modern era alone'(seen) {
        const of = (...properties) => ({ type: 'object', properties: Object.fromEntries(properties.map((one, i) => [`p${i}`, one])) });
        const string = header => ({ type: 'string', 'x-mcp-header': header });
        const bad = { empty: of(string('')), blank: of(string('a b')), colon: of(string('a:b')), umlaut: of(string('ä')),
            number: of(string(7)), twice: of(string('Region'), string('region')),
            object: of({ type: 'object', 'x-mcp-header': 'A' }), array: of({ type: 'array', 'x-mcp-header': 'A' }),
            untyped: of({ 'x-mcp-header': 'A' }), deep: of({ type: 'object', properties: { x: string('a b') } }) };
        const good = { one: of(string('Region')), two: of(string('A'), { type: 'integer', 'x-mcp-header': 'B' }),
            named: of({ type: 'object', properties: { 'x-mcp-header': { type: 'string' } } }) };
        const tools = Object.entries({ ...bad, ...good }).map(([name, inputSchema]) => ({ name, inputSchema }));
        const list = rpc => result(rpc, { resultType: 'complete', tools });
        const server = await seen.make(scripted(request => modern(request, list)));
        assert.deepEqual(await seen.noted(server.origin, /tool empty has an x-mcp-header that is invalid: it is left out/),
            Object.keys(good));
        for (const name of Object.keys(bad))
            await seen.mock.logs(new RegExp(`warning: tool ${name} has an x-mcp-header that is invalid`));
        const old = await seen.make(scripted(request => legacy(request, list)));
        assert.deepEqual((await seen.probe(old.origin)).tools.map(one => one.name), tools.map(one => one.name));
    },

    async 'a second click at an authorization server ends where the first one did'(seen) {
        let codes = 0, tokens = 0;
        const respond = (request, origin) => {
            const own = authorize(request, origin);
            tokens += request.path === '/token';
            if (own?.headers?.location)
                own.headers.location = own.headers.location.replace('code-1', `code-${++codes}`);
            return own;
        };
        const server = await seen.make(guarded({ challenge: () => 'Bearer', documents: { [AS]: asMetadata }, respond }));
        const url = await seen.start(`${server.origin}/mcp`);
        const first = await seen.follow(url);
        assert.equal(first.searchParams.get('status'), 'success');
        assert.equal((await seen.follow(url)).href, first.href);
        assert.deepEqual([codes, tokens], [2, 1]);
        const made = await seen.mock.connection(first.searchParams.get('connection_id'));
        assert.equal(made.has_oauth_tokens, true);
    },

    async 'not enough scope'(seen) {
        const value = 'Bearer error="insufficient_scope", scope="files:read", error_description="More, please"';
        const server = await seen.make(scripted(() => ({ status: 403, headers: { 'www-authenticate': value } })));
        await failsWith(seen.probe(server.origin, { Authorization: 'Bearer weak-token' }),
            /^403: the token does not allow this \("More, please"\) \(it wants scope "files:read"\)/);
    },

    async 'a server that repeats what it was sent'(seen) {
        const server = await seen.make(scripted(({ headers }) =>
            ({ status: 400, body: `bad key ${headers['x-api-key']}` })));
        const { error: text } = await seen.probe(server.origin, { 'X-API-Key': 'hush-0001' });
        assert.match(text, /bad key \[redacted\]/);
        assert.ok(!seen.mock.log.includes('hush-0001'));
    },

    async 'a server that fails is asked to initialize, once'(seen) {
        const server = await seen.make(scripted(() => ({ status: 503, body: 'maintenance' })));
        await failsWith(seen.probe(server.origin), /HTTP 503: the server is not available now.*maintenance/);
        assert.deepEqual(server.asked.map(one => one.rpc.method), ['server/discover', 'initialize']);
    },

    async 'an old server that dislikes server/discover'(seen) {
        for (const dislike of [
            () => ({ status: 500, body: 'Error: unknown method' }),
            ({ rpc }) => error(rpc, -32603, 'Internal error', { status: 500 }),
            ({ rpc }) => error(rpc, -32601, 'Method not found', { status: 501 }),
            'closes', 'is silent']) {
            const server = await seen.make(listen(async (request, response) => {
                let body = '';
                for await (const piece of request)
                    body += piece;
                const rpc = body && JSON.parse(body);
                const isDiscover = rpc?.method === 'server/discover';
                if (isDiscover && dislike === 'closes')
                    return request.socket.destroy();
                if (isDiscover && dislike === 'is silent')
                    return;
                const { status = 200, body: reply } = isDiscover ? dislike({ rpc })
                    : legacy({ rpc, method: request.method }, listOf('a'));
                response.writeHead(status, { 'content-type': 'application/json' });
                response.end(typeof reply === 'string' ? reply : JSON.stringify(reply));
            }));
            const began = Date.now();
            assert.deepEqual(await seen.probe(server.origin), success('a'));
            assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`);
            assert.deepEqual(await seen.check(server.origin), { supports_dcr: false });
        }
    },

    async 'formalities that hang: the notification and the end of the session'(seen) {
        const server = await seen.make(listen(async (request, response) => {
            let body = '';
            for await (const piece of request)
                body += piece;
            const rpc = body && JSON.parse(body);
            if (request.method === 'DELETE')
                return;
            if (rpc.method === 'notifications/initialized') {
                response.writeHead(200, { 'content-type': 'text/event-stream' });
                response.flushHeaders();
                return;
            }
            const { status = 200, body: reply } = legacy({ rpc, method: request.method }, listOf('a'));
            response.writeHead(status, { 'content-type': 'application/json', 'mcp-session-id': 's-1' });
            response.end(JSON.stringify(reply));
        }));
        const began = Date.now();
        assert.deepEqual(await seen.probe(server.origin), success('a'));
        assert.ok(Date.now() - began < 3500, `${Date.now() - began} ms`);
    },

    async 'a page'(seen) {
        const server = await seen.make(scripted(() => HTML));
        await failsWith(seen.probe(server.origin),
            /^not an MCP server: initialize was answered with text\/html instead of JSON/);
    },

    async 'redirects: followed with 307 and 308, not with those that lose the body'(seen) {
        const server = await seen.make(scripted((request, origin) => {
            const [, code] = /^\/from(\d+)$/.exec(request.path) ?? [];
            return code ? { status: Number(code), headers: { location: `${origin}/mcp` } }
                : legacy(request, listOf('a'));
        }));
        for (const code of [307, 308])
            assert.deepEqual(await seen.probe(`${server.origin}/from${code}`), success('a'));
        for (const code of [301, 302, 303])
            await failsWith(seen.probe(`${server.origin}/from${code}`), /loses the request's body/);
    },

    async 'a redirect to another origin gets no credential'(seen) {
        const there = await seen.make(scripted(request => legacy(request, listOf('a'))));
        const here = await seen.make(scripted(() => ({ status: 307, headers: { location: `${there.origin}/mcp` } })));
        await seen.probe(here.origin, { 'X-API-Key': 'hush-0002', Authorization: 'Bearer hush-0003' });
        assert.ok(here.asked.length > 0 && here.asked[0].headers['x-api-key'] === 'hush-0002');
        assert.ok(!JSON.stringify(there.asked).includes('hush-'));
    },

    async 'a redirect in a circle'(seen) {
        const server = await seen.make(scripted((request, origin) => ({ status: 307, headers: { location: origin } })));
        await failsWith(seen.probe(server.origin), /one redirect too many/);
        assert.ok(server.asked.length <= 6);
    },

    async 'an answer without end'(seen) {
        const server = await seen.make(listen((request, response) => {
            response.writeHead(200, { 'content-type': 'application/json' });
            const more = () => { while (response.writable && response.write('x'.repeat(65536))); };
            response.on('drain', more).on('error', () => {});
            more();
        }));
        await failsWith(seen.probe(server.origin), /large|more than|MiB|bytes/i);
    },

    async 'a connection that breaks'(seen) {
        const server = await seen.make(listen(request => request.socket.destroy()));
        await failsWith(seen.probe(server.origin), /127\.0\.0\.1:\d+/);
        assert.deepEqual(await seen.check(server.origin), { supports_dcr: false });
    },
};

export const failures = { ...discovery, ...protocol };
