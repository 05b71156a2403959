// The mock probes, checks and authorizes MCP servers that are not its own: official ones, and ones that fail as some do
// in the field.
// Usage: node tests/e2e/mcp-servers/run.mjs SERVER DIR [NAME]
//   SERVER  the program to test
//   DIR     where package.json is installed
//   NAME    only the tests whose name contains it

import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../lib/mock.mjs';
import { failures } from './failures.mjs';
import { everything, loadSdk, sdkOauthServer, sdkServer, sdkSseServer } from './real.mjs';
import { listen, told } from './scripted.mjs';

const TEST_MS = 30000;
const RETURN_URL = 'http://localhost:3000/done';
const [program, dir, wanted = ''] = process.argv.slice(2);
const sdk = loadSdk(dir);
const mock = await startMock(resolve(program));

// ---- what a test uses -----------------------------------------------------------------------------------------

async function location(url) {
    const reply = await fetch(url, { redirect: 'manual' });
    assert.equal(reply.status, 302, `GET ${url}: ${await reply.text()}`);
    return reply.headers.get('location');
}

class Seen {
    constructor() {
        this.mock = mock;
        this.servers = [];
    }

    /** Waits for a server, and stops it when the test is over. */
    async make(promise) {
        const server = await promise;
        this.servers.push(server);
        return server;
    }

    probe(url, headers) {
        return mock.must(200, 'POST', '/v1/connections/mcp/probe', { server_url: url, ...headers && { headers } });
    }

    /** The tools that a probe finds, where it notes something: in x-mock-warning, the journal and the log alike. */
    async noted(url, pattern) {
        const { status, body, warning } =
            await mock.call('POST', '/v1/connections/mcp/probe', { server_url: url });
        assert.equal(status, 200);
        assert.match(warning ?? '', pattern, JSON.stringify(body));
        const { requests } = await mock.must(200, 'GET', '/_mock/requests?operation=probeMcpServer&limit=1');
        assert.match(requests[0].warning, pattern);
        await mock.logs(new RegExp(`warning: .*(${pattern.source})`));
        assert.equal(body.success, true, body.error);
        return body.tools.map(one => one.name);
    }

    check(url) {
        return mock.must(200, 'POST', '/v1/connections/oauth/mcp/check', { mcp_server_url: url });
    }

    /** The authorization_url. */
    async start(url) {
        const body = { mcp_server_url: url, name: 'Real', return_url: RETURN_URL };
        return (await mock.must(200, 'POST', '/v1/connections/oauth/mcp/start', body)).authorization_url;
    }

    /** Why a start is refused. */
    async refused(url) {
        return (await mock.must(400, 'POST', '/v1/connections/oauth/mcp/start', { mcp_server_url: url, name: 'Real' }))
            .message;
    }

    /** Where the browser ends: through the authorization server and the mock's callback to the return_url. */
    async follow(authorizationUrl) {
        const callback = await location(authorizationUrl);
        assert.ok(callback.startsWith(`${mock.origin}/v1/oauth/callback/mcp?`), callback);
        const end = await location(callback);
        assert.ok(end.startsWith(RETURN_URL), end);
        return new URL(end);
    }

    /** From the start to the connection. */
    async authorizes(url) {
        const { searchParams } = await this.follow(await this.start(url));
        assert.equal(searchParams.get('status'), 'success', `${searchParams}`);
        const made = await mock.connection(searchParams.get('connection_id'));
        assert.equal(made.server_url, url);
        assert.equal(made.has_oauth_tokens, true);
        return made;
    }

    async stop() {
        await Promise.all(this.servers.map(server => server.stop()));
    }
}

// ---- real servers ---------------------------------------------------------------------------------------------

const FIVE = { success: true, tools: ['one', 'two', 'three', 'four', 'five'].map(told) };

async function hasEverything(seen, url) {
    const { success, tools, error } = await seen.probe(url);
    assert.equal(error, undefined);
    assert.equal(success, true);
    const echo = tools.find(one => one.name === 'echo');
    assert.ok(echo.description.length > 0);
    assert.deepEqual(echo.input_schema.required, ['message']);
    assert.ok(tools.length >= 5, `${tools.map(one => one.name)}`);
    assert.deepEqual(await seen.check(url), { supports_dcr: false });
    assert.match(await seen.refused(url), /without asking for authorization/);
}

const real = {
    async 'server-everything, streamable HTTP'(seen) {
        await hasEverything(seen, `${(await seen.make(everything(sdk, 'streamableHttp'))).origin}/mcp`);
    },

    async 'server-everything, HTTP+SSE'(seen) {
        await hasEverything(seen, `${(await seen.make(everything(sdk, 'sse'))).origin}/sse`);
    },

    async 'the SDK, HTTP+SSE'(seen) {
        const server = await seen.make(sdkSseServer(sdk));
        assert.deepEqual(await seen.probe(`${server.origin}/sse`),
            { success: true, tools: ['one', 'two', 'three'].map(told) });
    },
};

for (const stateful of [true, false])
    for (const json of [true, false])
        real[`the SDK, ${stateful ? 'with sessions' : 'without sessions'}, ${json ? 'JSON' : 'event streams'}`] =
            async seen => {
                const server = await seen.make(sdkServer(sdk, { stateful, json }));
                assert.deepEqual(await seen.probe(`${server.origin}/mcp`), FIVE);
                assert.equal(server.begun.length, stateful ? 1 : 0);
                assert.equal(server.open.size, 0, 'the session was ended');
                assert.deepEqual(await seen.check(`${server.origin}/mcp`), { supports_dcr: false });
                assert.equal(server.open.size, 0, 'the session of the check was ended');
            };

Object.assign(real, {
    async 'the SDK, OAuth'(seen) {
        const server = await seen.make(sdkOauthServer(sdk));
        const url = `${server.origin}/mcp`;
        const { success, error } = await seen.probe(url);
        assert.equal(success, false);
        assert.match(error, /^401: the server asks for OAuth/);
        assert.deepEqual(await seen.check(url),
            { supports_dcr: true, authorization_endpoint: `${server.origin}/authorize`, scopes: ['mcp:tools'] });
        assert.equal(server.provider.clients.size, 0, 'a check registers nobody');
        const made = await seen.authorizes(url);
        assert.deepEqual(made.oauth_scopes, ['mcp:tools']);
        const { token, resource, client, redirectUri } = server.provider.last;
        assert.equal(resource.href, url);
        assert.equal(redirectUri, `${mock.origin}/v1/oauth/callback/mcp`);
        assert.equal(client.client_name, 'Duvo');
        assert.deepEqual(await seen.probe(url, { Authorization: `Bearer ${token}` }),
            { success: true, tools: [told('guarded')] });
        assert.ok(!mock.log.includes(token));
    },

    async 'the SDK, OAuth, denied'(seen) {
        const server = await seen.make(sdkOauthServer(sdk, { denies: true }));
        const { searchParams } = await seen.follow(await seen.start(`${server.origin}/mcp`));
        assert.equal(searchParams.get('status'), 'error');
        assert.equal(searchParams.get('error'), 'access_denied');
    },

    async 'probes that hang keep nobody else waiting'(seen) {
        const HANGING = 20, MEASURED_MS = 2000, AT_ONCE = 4;
        const server = await seen.make(listen(() => {}));
        const throughput = async () => {
            let n = 0;
            const end = Date.now() + MEASURED_MS;
            const get = async () => {
                for (; Date.now() < end; n++)
                    await mock.must(200, 'GET', '/v1/connections');
            };
            await Promise.all(Array.from({ length: AT_ONCE }, get));
            return n * 1000 / MEASURED_MS;
        };
        await throughput();
        const alone = await throughput();
        const began = Date.now();
        const probes = Array.from({ length: HANGING }, () => seen.probe(`${server.origin}/mcp`)
            .then(reply => ({ ...reply, after: Date.now() - began })));
        await sleep(200);
        const beside = await throughput();
        for (const { success, error, after } of await Promise.all(probes)) {
            assert.equal(success, false);
            assert.match(error, /^timed out after 10 s/);
            assert.ok(after < 15000, `a probe took ${after} ms`);
        }
        console.log(`GET /v1/connections: ${alone} a second alone, ${beside} beside ${HANGING} probes that hang: ` +
            `${(beside / alone).toFixed(2)}`);
    },
});

real['a mock that is stopped waits for no server'] = async seen => {
    const server = await seen.make(listen(() => {}));
    const other = await startMock(resolve(program));
    const waiting = other.call('POST', '/v1/connections/mcp/probe', { server_url: server.origin });
    while (!await new Promise(done => server.server.getConnections((_, n) => done(n))))
        await sleep(10);
    const began = Date.now();
    await other.stop();
    assert.ok(Date.now() - began < 2000, 'at once');
    assert.deepEqual(await waiting, { status: 200, body: { success: false, error: 'the mock is stopping' } });
};

// ---- running ---------------------------------------------------------------------------------------------------

async function timeLimit() {
    await sleep(TEST_MS, null, { ref: false });
    throw new Error(`not finished after ${TEST_MS / 1000} s`);
}

let passed = 0, failed = 0;
for (const [name, test] of Object.entries({ ...real, ...failures }).filter(([one]) => one.includes(wanted))) {
    const seen = new Seen();
    const from = mock.log.length;
    try {
        await Promise.race([test(seen), timeLimit()]);
        passed++;
    } catch (error) {
        failed++;
        await sleep(100); // the log comes through a pipe
        console.log(`FAILED ${name}: ${error.stack}\nthe server's log:\n${mock.log.slice(from)}`);
    }
    await seen.stop();
}
await mock.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
