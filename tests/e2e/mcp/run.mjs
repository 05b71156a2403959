// The official MCP clients connect to every built-in server, list its tools and call one.
// Usage: node tests/e2e/mcp/run.mjs SERVER DIR [NAME]
//   SERVER  the program to test
//   DIR     where package.json is installed
//   NAME    only the tests whose name contains it

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startMock } from '../lib/mock.mjs';
import { allTools, call, connect, loadSdk, newClient, Provider } from './sdk.mjs';

const TEST_MS = 30000;
const [program, dir, wanted = ''] = process.argv.slice(2);
const sdk = loadSdk(dir);
const mock = await startMock(resolve(program));
const at = (preset, space = '') => `${mock.origin}${space}/_mock/mcp/${preset}`;

/** All that a client of the legacy revisions does with a server that has the tool. */
async function use(url, name, options, which = sdk) {
    const { client, transport } = await connect(which, url, options);
    const { tools } = await allTools(client);
    assert.ok(tools.includes(name), `${name} is not in ${tools}`);
    assert.deepEqual(await call(client, name, { text: 'héllo "x"' }), { tool: name, arguments: { text: 'héllo "x"' } });
    await assert.rejects(client.callTool({ name: 'nope' }), /Unknown tool: nope/);
    await client.ping();
    await transport.terminateSession();
    await client.close();
}

async function authorize(url, options, which) {
    const provider = new Provider(options);
    await use(url, 'list_documents', { provider }, which);
    assert.equal(provider.answer.searchParams.get('iss'), url);
    assert.equal(provider.answer.searchParams.get('state'), 'state-1');
    assert.equal(provider.url.searchParams.get('resource'), url);
}

/** A client that finds out by itself what a server speaks. */
async function findOut(url, expected, name, { capabilities, answer } = {}) {
    const client = new sdk.both.Client({ name: 'test', version: '1' },
        { versionNegotiation: { mode: 'auto' }, capabilities });
    if (answer)
        client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { answer } }));
    await client.connect(new sdk.both.StreamableHTTPClientTransport(new URL(url)));
    assert.equal(client.getNegotiatedProtocolVersion(), expected);
    const { tools } = await client.listTools();
    assert.ok(tools.length > 0);
    const answered = await call(client, name, { a: 'ü' });
    await client.close();
    return answered;
}

const known = { client_id: 'demo-client', client_secret: 'demo-secret' };
const tests = {
    'legacy, answered with JSON': () => use(at('legacy'), 'echo'),
    'legacy, answered with streams': () => use(`${at('legacy')}?sse=1`, 'echo'),
    'slow, hurried': () => use(`${at('slow')}?delay_ms=20`, 'echo'),
    'apikey': () => use(at('apikey'), 'list_orders', { headers: { 'X-API-Key': 'demo-key' } }),
    'apikey without the key': () => assert.rejects(connect(sdk, at('apikey')), /X-API-Key/),
    'oauth, a public client': () => authorize(at('oauth')),
    'oauth, a secret in the header': () =>
        authorize(at('oauth'), { metadata: { token_endpoint_auth_method: 'client_secret_basic' } }),
    'oauth, a secret in the body': () =>
        authorize(at('oauth'), { metadata: { token_endpoint_auth_method: 'client_secret_post' } }),
    'oauth, in a space of its own': async () => {
        await fetch(at('oauth', '/_mock/s/other').replace('/mcp/oauth', '/clock'));    // a control call makes the space
        await authorize(at('oauth', '/_mock/s/other'));
    },
    'oauth, denied': () => assert.rejects(
        connect(sdk, at('oauth'), { provider: new Provider({ query: { mock_outcome: 'deny' } }) }), /access_denied/),
    'oauth-no-dcr, with the known client': () => authorize(at('oauth-no-dcr'), { client: known }),
    'oauth-no-dcr, without a client': () => assert.rejects(
        connect(sdk, at('oauth-no-dcr'), { provider: new Provider() }), /dynamic client registration/),
    'modern is not for legacy clients': () => assert.rejects(
        newClient(sdk).connect(new sdk.StreamableHTTPClientTransport(new URL(at('modern')))), /2026-07-28/),

    async 'sse'() {
        const client = newClient(sdk);
        await client.connect(new sdk.SSEClientTransport(new URL(at('sse'))));
        assert.deepEqual((await allTools(client)).tools, ['echo', 'get_weather']);
        assert.deepEqual(await call(client, 'echo', { n: 1 }), { tool: 'echo', arguments: { n: 1 } });
        await client.close();
    },

    async 'paginated'() {
        const { client } = await connect(sdk, at('paginated'));
        const { tools, cursors } = await allTools(client);
        assert.equal(new Set(tools).size, 30);
        assert.equal(cursors.length, 3);
        assert.equal(cursors[0], '');
        await client.close();
    },

    async 'oauth, a token that is gone is renewed'() {
        const provider = new Provider();
        const { client } = await connect(sdk, at('oauth'), { provider });
        const before = provider.saved;
        provider.saved = { ...before, access_token: 'gone' };
        assert.equal((await allTools(client)).tools.length, 3);
        assert.notEqual(provider.saved.access_token, before.access_token);
        assert.notEqual(provider.saved.refresh_token, before.refresh_token);
        await client.close();
    },

    async 'broken-metadata'() {
        const url = new URL(at('broken-metadata'));
        const authProvider = new Provider();
        const client = new sdk.both.Client({ name: 'test', version: '1' });
        await assert.rejects(client.connect(new sdk.both.StreamableHTTPClientTransport(url, { authProvider })), /issuer/i);
        assert.equal(authProvider.answer, undefined);
    },

    async 'oauth, over https at another host'() {
        const tls = await startMock(resolve(program), { scheme: 'https', flags: ['--tls', 'auto'] });
        const script = fileURLToPath(new URL('https.mjs', import.meta.url));
        const ca = join(tls.dir, 'ca.pem');
        try {
            await promisify(execFile)('curl', ['-s', '-k', '-o', ca, `${tls.origin}/_mock/ca.pem`]);
            const { stdout } = await promisify(execFile)('node', [script, dir, 'duvo-mock', new URL(tls.origin).port],
                { env: { ...process.env, NODE_EXTRA_CA_CERTS: ca } });
            assert.equal(stdout, 'authorized\n');
        } finally {
            await tls.stop();
        }
    },

    async 'modern, found out'() {
        assert.deepEqual(await findOut(at('modern'), '2026-07-28', 'echo'), { tool: 'echo', arguments: { a: 'ü' } });
    },

    async 'modern, streams'() {
        await findOut(`${at('modern')}?sse=1`, '2026-07-28', 'echo');
    },

    async 'both eras, found out'() {
        await findOut(at('paginated'), '2026-07-28', 'report_30');
    },

    async 'legacy, found out'() {
        await findOut(at('legacy'), '2025-11-25', 'echo');
    },

    async 'modern, a tool that asks'() {
        await assert.rejects(findOut(at('modern'), '2026-07-28', 'ask_person'), { code: -32021 });
        const options = { capabilities: { elicitation: { form: {} } }, answer: '42' };
        const { answers } = await findOut(at('modern'), '2026-07-28', 'ask_person', options);
        assert.equal(answers.answer.content.answer, '42');
    },
};

/** A life of a connection as tools of the API's own server: listed, made, seen, refused, deleted. */
async function lifeOfConnection(client, version, listName) {
    const run = async (name, args) => {
        const { content, isError } = await client.callTool({ name, arguments: args });
        return { isError, ...JSON.parse(content[0].text) };
    };
    const { tools } = await client.listTools();
    const names = tools.map(tool => tool.name);
    for (const name of ['listConnections', 'createConnection', 'getConnection', 'deleteConnection'])
        assert.ok(names.includes(name), `${name} is not in ${names}`);
    assert.equal(new Set(names).size, names.length);
    const { inputSchema } = tools.find(tool => tool.name === 'createConnection');
    assert.ok(inputSchema.required.includes('name') && inputSchema.properties.headers);
    const team = version === 'v2' ? { teamId: (await run('getProfile', {})).profile.teamId } : {};
    const made = await run('createConnection', { ...team, name: `Of ${version}`, provider: 'user', auth_method: 'url' });
    assert.equal(made.isError, false);
    const list = await run('listConnections', { ...team, limit: 1 });
    assert.deepEqual(list[listName].map(one => one.id), [made.id]);
    const refused = await run('updateConnection', { connection_id: made.id, name: '' });
    assert.equal(refused.isError, true);
    assert.match(refused.message, /^body\/name Too small/);
    assert.equal((await run('deleteConnection', { connection_id: made.id })).success, true);
    assert.deepEqual(await run('getConnection', { connection_id: made.id }),
        { isError: true, error: 'Not Found', message: 'Connection not found' });
    await assert.rejects(client.callTool({ name: 'nope', arguments: {} }), /Unknown tool: nope/);
    await client.close();
}

const bearer = { headers: { authorization: 'Bearer dv_test_owner' } };
const LISTS = { v1: 'connections', v2: 'integrations' };
for (const [version, listName] of Object.entries(LISTS)) {
    const url = `${mock.origin}/${version}/mcp`;
    tests[`hosted ${version}`] = async () =>
        lifeOfConnection((await connect(sdk, url, bearer)).client, version, listName);
    tests[`hosted ${version}, found out`] = async () => {
        const client = new sdk.both.Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
        await client.connect(new sdk.both.StreamableHTTPClientTransport(new URL(url), { requestInit: bearer }));
        assert.equal(client.getNegotiatedProtocolVersion(), '2026-07-28');
        await lifeOfConnection(client, version, listName);
    };
    tests[`hosted ${version}, without a key`] = () => assert.rejects(connect(sdk, url), /Missing Authorization header/);
}

/** What every version of the SDK can do with the built-in servers. */
const oldTests = (which, signsIn) => ({
    'legacy': () => use(at('legacy'), 'echo', {}, which),
    'legacy, streams': () => use(`${at('legacy')}?sse=1`, 'echo', {}, which),
    'apikey': () => use(at('apikey'), 'list_orders', { headers: { 'X-API-Key': 'demo-key' } }, which),

    'hosted': async () =>
        lifeOfConnection((await connect(which, `${mock.origin}/v2/mcp`, bearer)).client, 'v2', LISTS.v2),

    async 'paginated'() {
        const { client } = await connect(which, at('paginated'));
        assert.equal(new Set((await allTools(client)).tools).size, 30);
        await client.close();
    },

    async 'sse'() {
        const client = newClient(which);
        await client.connect(new which.SSEClientTransport(new URL(at('sse'))));
        assert.deepEqual((await allTools(client)).tools, ['echo', 'get_weather']);
        await client.close();
    },

    ...signsIn && { 'oauth': () => authorize(at('oauth'), {}, which) },
});

/** The first two look for metadata at the origin alone (server/mcp/README.md). */
const VERSIONS = { 'sdk-1.10': false, 'sdk-1.12': false, 'sdk-1.17': true, 'sdk-1.20': true };
for (const [name, signsIn] of Object.entries(VERSIONS))
    for (const [what, test] of Object.entries(oldTests(loadSdk(dir, name), signsIn)))
        tests[`${name}: ${what}`] = test;

async function timeLimit() {
    await sleep(TEST_MS, null, { ref: false });
    throw new Error(`not finished after ${TEST_MS / 1000} s`);
}

let passed = 0, failed = 0;
for (const [name, test] of Object.entries(tests).filter(([one]) => one.includes(wanted)))
    try {
        await Promise.race([test(), timeLimit()]);
        passed++;
    } catch (error) {
        failed++;
        console.log(`FAILED ${name}: ${error.stack}\nthe server's log:\n${mock.log}`);
    }
await mock.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
