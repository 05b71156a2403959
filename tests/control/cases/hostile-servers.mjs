// What servers answer that the mock calls neither opens a way inside nor tells their secrets to anybody.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMock } from '../../e2e/lib/mock.mjs';
import { request } from '../lib/http.mjs';

const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002';
const OWNER = { authorization: 'Bearer dv_test_owner', 'content-type': 'application/json' };

/** A server at an address, with the requests that it got; null where the machine has no such address. */
async function serve(host, answer, port = 0) {
    const server = createServer((incoming, reply) => {
        let body = '';
        incoming.setEncoding('utf8').on('data', part => { body += part; }).on('end', () => {
            server.got.push({ path: incoming.url, headers: incoming.headers, body });
            answer(reply, incoming, body);
        });
    });
    server.got = [];
    server.listen(port, host);
    try {
        await once(server, 'listening');
    } catch {
        return null;
    }
    server.origin = `http://${host.includes(':') ? `[${host}]` : host}:${server.address().port}`;
    return server;
}

const redirectTo = location => (reply, incoming, _body) => reply.writeHead(307, { location: typeof location === 'string' ? location : location() }).end();

function json(reply, status, body) {
    reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function probe(mock, url, headers) {
    const reply = await request(mock.origin, 'POST', '/v1/connections/mcp/probe',
        { headers: OWNER, body: JSON.stringify({ server_url: url, ...headers && { headers } }) });
    assert.equal(reply.status, 200, reply.text);
    return reply.json();
}

// ---- redirects

async function toTheMock(mock) {
    const evil = await serve('127.0.0.1', redirectTo(`${mock.origin}/_mock/reset`));
    await mock.must(201, 'POST', '/v1/connections', { name: 'stays', provider: 'user', auth_method: 'url' });
    const { success, error } = await probe(mock, `${evil.origin}/mcp`);
    assert.equal(success, false);
    assert.match(error, /must not be called: .*the mock itself/);
    assert.match(JSON.stringify((await mock.must(200, 'GET', '/v1/connections?limit=100')).connections), /"stays"/, 'the mock was reset');
    evil.close();
}

async function furtherInside(mock) {
    const inside = await serve('127.0.0.1', reply => json(reply, 200, {}));
    const outside = Object.values(networkInterfaces()).flat()
        .find(one => !one.internal && one.family === 'IPv4' && !one.address.startsWith('169.254.'));
    const evil = outside && await serve(outside.address, redirectTo(`${inside.origin}/admin`));
    if (evil) {
        const { success, error } = await probe(mock, `${evil.origin}/mcp`);
        assert.equal(success, false);
        assert.match(error, /127\.0\.0\.1 is a loopback address, and the redirect comes from none/);
        assert.ok(evil.got.length > 0);
        assert.deepEqual(inside.got, [], 'a redirect led from another address to loopback');
        evil.close();
    }
    inside.close();
}

async function credentialsStay(mock) {
    const other = await serve('127.0.0.1', reply => json(reply, 404, {}));
    const evil = await serve('127.0.0.1', redirectTo(`${other.origin}/mcp`));
    await probe(mock, `${evil.origin}/mcp`, { 'X-Tenant': 'canary-header' });
    assert.ok(evil.got.some(one => one.headers['x-tenant'] === 'canary-header'), 'the asked server gets it');
    assert.ok(other.got.length > 0, 'the redirect is followed');
    other.got.forEach(one => assert.doesNotMatch(JSON.stringify(one), /canary-header/));
    evil.close();
    other.close();
}

// ---- the token of the process

async function tokenStaysHere(program) {
    const mock = await startMock(program, { flags: ['--host', '127.0.0.1'] });
    const { port } = new URL(mock.origin);
    const foreign = [await serve('::1', reply => json(reply, 404, {}), Number(port)),
        await serve('127.0.0.2', reply => json(reply, 404, {}), Number(port))].filter(one => one);
    try {
        for (const server of foreign) {
            await probe(mock, `${server.origin}/.well-known/mcp`);
            await probe(mock, `http://localhost:${port}/.well-known/mcp`);
            assert.ok(server.got.length > 0, 'the foreign server is called');
            for (const one of server.got)
                assert.equal(one.headers['x-mock-token'], undefined, `${server.origin} was told the token`);
        }
        await mock.stop();
    } finally {
        foreign.forEach(server => server.close());
        await mock.kill();
    }
}

// ---- token endpoints that echo

/** An MCP server and its authorization server in one, whose token endpoint says back all that it was sent. */
function echo() {
    const server = serve('127.0.0.1', async (reply, incoming, body) => {
        const { origin } = await server, path = incoming.url.split('?')[0];
        if (path.startsWith('/.well-known/oauth-protected-resource'))
            json(reply, 200, { resource: `${origin}/mcp`, authorization_servers: [origin] });
        else if (path.startsWith('/.well-known/'))
            json(reply, 200, { issuer: origin, authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token`,
                response_types_supported: ['code'], code_challenge_methods_supported: ['S256'],
                token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'] });
        else if (path === '/token')
            json(reply, 400, { error: 'invalid_grant', error_description: `a client is abc; you sent ${body} and ${decodeURIComponent(body)} and `
                + `${incoming.headers.authorization} and ${Buffer.from((incoming.headers.authorization ?? '').slice(6), 'base64')}` });
        else
            reply.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource"` }).end();
    });
    return server;
}

/** What the browser is told in the end. */
async function signIn(mock, server, id, secret) {
    const { authorization_url: url } = await mock.must(200, 'POST', `/v2/teams/${TEAM}/connections/oauth/mcp/start`, {
        mcp_server_url: `${server.origin}/mcp`, name: 'Echo', return_url: 'http://localhost:3000/done',
        oauth_client_id: id, ...secret && { oauth_client_secret: secret },
    });
    const asked = new URL(url).searchParams, back = new URL(asked.get('redirect_uri'));
    const query = new URLSearchParams({ code: 'canary-code-0001', state: asked.get('state'), iss: server.origin });
    const reply = await request(mock.origin, 'GET', `${back.pathname}?${query}`);
    assert.equal(reply.status, 302, reply.text);
    return { location: reply.headers.location, id: asked.get('state') };
}

function everythingStored(dir) {
    return readdirSync(dir).map(file => readFileSync(join(dir, file), 'latin1')).join('\n');
}

async function echoes(program) {
    const dir = mkdtempSync(join(tmpdir(), 'control-'));
    const mock = await startMock(program, { flags: ['--db', join(dir, 'state.db'), '--log', 'text'] });
    const server = await echo();
    try {
        const { location } = await signIn(mock, server, 'canary-id-0001', 'canary secret/0001');
        assert.match(location, /error=invalid_grant/);
        assert.ok(server.got.some(one => one.path === '/token'), 'the token endpoint was asked');
        const short = await signIn(mock, server, 'abc');
        assert.match(decodeURIComponent(short.location.replaceAll('+', ' ')), /a client is abc/, 'a short id is a word');
        assert.doesNotMatch(decodeURIComponent(location), /canary/, 'the location');
        const journal = (await request(mock.origin, 'GET', '/_mock/requests?limit=1000')).text;
        const asSent = /"oauth_client_id":"canary-id-0001"|\?response_type=code&client_id=canary-id-0001&/g;   // and in the link
        assert.doesNotMatch(journal.replaceAll(asSent, ''), /canary/, 'the journal');
        await mock.stop();
        assert.doesNotMatch(mock.log, /canary[- %]/, 'the log');
        const stored = everythingStored(dir);
        for (const canary of ['canary secret/0001', 'canary+secret', 'canary%20secret', 'canary-code-0001', Buffer.from('canary-id-0001:').toString('base64').slice(0, 18)])
            assert.ok(!stored.includes(canary), `the database holds ${canary}`);
        assert.doesNotMatch(stored, /you sent [^;]*canary-id-0001/, 'the database holds the echo');
    } finally {
        server.close();
        await mock.kill();
        rmSync(dir, { recursive: true, force: true });
    }
}

export default async function hostileServers({ program }) {
    const mock = await startMock(program);
    try {
        await toTheMock(mock);
        await furtherInside(mock);
        await credentialsStay(mock);
        await mock.stop();
    } finally {
        await mock.kill();
    }
    await tokenStaysHere(program);
    await echoes(program);
}
