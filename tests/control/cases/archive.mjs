// The journal as HTTP Archive 1.2 keeps to that format's schema; as curl commands it can be sent again as it came.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startMock } from '../../e2e/lib/mock.mjs';
import { request } from '../lib/http.mjs';

const KEY = { authorization: 'Bearer dv_test_owner' };

/** Requests of all kinds: [method, path, headers, body]. */
function* kinds() {
    const json = { ...KEY, 'content-type': 'application/json' };
    yield ['GET', '/v1/connections?limit=5&type=gmail&flag&empty=&token=hush', KEY];
    yield ['GET', '/v1/connections?x=[1-3]&y={a,b}&z=a%20b%26', KEY];
    yield ['GET', '/v1/../v1/./profile', KEY];
    yield ['HEAD', '/v1/profile', KEY];
    yield ['GET', '/v1/profile', {}];
    yield ['GET', '/v1/profile', { ...KEY, 'x-empty': '', 'x-quote': 'it\'s "quoted" $HOME `id` \\', 'user-agent': 'some client', cookie: 'a=b' }];
    yield ['POST', '/v1/connections', json, JSON.stringify({ name: 'it\'s "Ünïcode" \\ $HOME', provider: 'user', auth_method: 'headers', headers: { secret: { 'X-Key': 'hush' } } })];
    yield ['POST', '/v1/connections', json, '{"name": '];
    yield ['POST', '/v1/connections', { ...KEY, 'content-type': 'text/plain' }, '@file'];
    yield ['POST', '/v1/connections', KEY, 'no type'];
    yield ['PATCH', '/v2/connections/6f1d2c3b-0000-4000-8000-000000000000', json, '{"name":"x"}'];
    yield ['DELETE', '/v1/connections/6f1d2c3b-0000-4000-8000-000000000000', KEY];
    yield ['POST', '/_mock/mcp/oauth/token', { 'content-type': 'application/x-www-form-urlencoded' }, 'grant_type=authorization_code&code=hush&redirect_uri=http%3A%2F%2Fa%2F%3Fb%3Dc'];
    yield ['POST', '/v1/connections/oauth/native/google/start', json, '{"return_url":"http://localhost:3000/x?y=z"}'];
    yield ['PUT', '/v1/nothing?a=b', json, '{}'];
}

async function makeRequests(mock) {
    let n = 0;
    for (const [method, path, headers, body] of kinds())
        await request(mock.origin, method, path, { headers: { 'x-request-id': `r${n++}`, ...headers, ...body && { 'content-length': Buffer.byteLength(body) } }, body });
    await mock.must(201, 'POST', '/_mock/faults', { match: {}, action: { empty: true }, times: 1 });
    await request(mock.origin, 'GET', '/v1/profile', { headers: { ...KEY, 'x-request-id': `r${n++}` } });
    return n;
}

/** A validator of whole archives. */
function validator(dir) {
    const require = createRequire(join(dir, 'package.json'));
    const Ajv = require('ajv');
    const ajv = new Ajv({ schemaId: 'auto', allErrors: true, format: 'full' });
    ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-06.json'));
    return [ajv.addSchema(Object.values(require('har-schema'))).getSchema('har.json#'), ajv];
}

async function checkArchives(mock, dir, n) {
    const [validate, ajv] = validator(dir);
    assert.equal(validate({ log: { version: '1.2' } }), false, 'the validator can refuse');
    const whole = await mock.must(200, 'GET', '/_mock/requests?format=har&limit=1000');
    assert.ok(validate(whole), ajv.errorsText(validate.errors));
    assert.equal(whole.log.entries.length, n);
    const [first] = whole.log.entries;
    assert.deepEqual(first.request.queryString.map(({ name }) => name), ['limit', 'type', 'flag', 'empty', 'token']);
    assert.deepEqual(first.request.queryString.slice(0, 4).map(({ value }) => value), ['5', 'gmail', '', '']);
    assert.ok(!JSON.stringify(whole).includes('hush'));
    for (let i = 0; i < n; i++) {
        const one = await mock.must(200, 'GET', `/_mock/requests/r${i}?format=har`);
        assert.ok(validate(one), ajv.errorsText(validate.errors));
        assert.deepEqual(one.log.entries, [whole.log.entries[i]]);
    }
}

/** A server that tells what it got. */
async function listener() {
    const server = createServer((incoming, outgoing) => {
        const chunks = [];
        incoming.on('data', chunk => chunks.push(chunk)).on('end', () => {
            server.got = { method: incoming.method, path: incoming.url, headers: incoming.rawHeaders, body: Buffer.concat(chunks).toString() };
            outgoing.end('{}');
        });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
}

const CURLS = new Set(['host', 'content-length', 'connection', 'accept-encoding', 'transfer-encoding', 'expect']);

function pairs(raw) {
    const all = [];
    for (let i = 0; i < raw.length; i += 2)
        all.push(`${raw[i].toLowerCase()}: ${raw[i + 1]}`);
    return all.filter(line => !CURLS.has(line.split(':')[0])).sort();
}

async function run(command) {
    const shell = spawn('sh', ['-c', command], { stdio: 'ignore', cwd: '/', env: { ...process.env, KEY: 'the-key' } });
    const [code] = await once(shell, 'exit');
    assert.equal(code, 0, command);
}

async function checkCommands(mock, n) {
    const server = await listener();
    const there = `http://127.0.0.1:${server.address().port}`;
    for (let i = 0; i < n; i++) {
        const shown = await mock.must(200, 'GET', `/_mock/requests/r${i}`);
        const { text } = await request(mock.origin, 'GET', `/_mock/requests/r${i}?format=curl`);
        await run(text.replaceAll(mock.origin, there).replace('curl ', 'curl -s -m 10 '));
        const { method, path, headers, body } = server.got;
        assert.deepEqual({ method, path, headers: pairs(headers) }, {
            method: shown.method, path: shown.path,
            headers: pairs(shown.request.headers.flatMap(({ name, value }) =>
                [name, name.toLowerCase() === 'authorization' ? 'Bearer the-key' : value])),
        });
        const sent = shown.request.body;
        assert.deepEqual(sent !== null && typeof sent === 'object' ? JSON.parse(body) : body, sent ?? '');
    }
    server.close();
}

export default async function archive({ program, dir }) {
    execFileSync('curl', ['--version']);
    const mock = await startMock(program);
    try {
        const n = await makeRequests(mock);
        await checkArchives(mock, dir, n);
        await checkCommands(mock, n);
        await mock.stop();
    } finally {
        await mock.kill();
    }
}
