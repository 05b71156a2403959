// A sign-in whose code is being exchanged ends once, whatever happens meanwhile: what was reset or dropped has no connection
// of it, a second click waits for its end, and one that was interrupted says so.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../../e2e/lib/mock.mjs';
import { request } from '../lib/http.mjs';

const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002';
const WAIT_MS = 20000;
const BACK = 'http://localhost:3000/done';

/** An MCP server with its authorization server, whose token endpoint answers when it is told to. */
class Held {
    constructor() {
        this.asked = 0;
        this.waiting = [];
        this.server = createServer((incoming, response) => {
            incoming.resume().on('end', () => this.answer(incoming.url, response));
        });
    }

    async open() {
        this.server.listen(0, '127.0.0.1');
        await once(this.server, 'listening');
        this.origin = `http://127.0.0.1:${this.server.address().port}`;
        return this;
    }

    answer(url, response) {
        const say = (status, body, headers) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
        const { origin } = this;
        if (url === '/token') {
            this.asked++;
            this.waiting.push(() => say(200, { access_token: 'access', token_type: 'Bearer' }));
        } else if (url === '/register') {
            say(201, { client_id: 'held-client', token_endpoint_auth_method: 'none' });
        } else if (url.startsWith('/.well-known/oauth-protected-resource')) {
            say(200, { resource: `${origin}/mcp`, authorization_servers: [origin] });
        } else if (url.startsWith('/.well-known/oauth-authorization-server')) {
            say(200, {
                issuer: origin, authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token`,
                registration_endpoint: `${origin}/register`, response_types_supported: ['code'],
                code_challenge_methods_supported: ['S256'], token_endpoint_auth_methods_supported: ['none'],
            });
        } else {
            say(401, {}, { 'www-authenticate': `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"` });
        }
    }

    /** Waits until the token endpoint was asked so often. */
    async has(n) {
        for (const end = Date.now() + WAIT_MS; this.asked < n; await sleep(2))
            assert.ok(Date.now() < end, `the token endpoint was asked ${this.asked} times, not ${n}`);
    }

    release() {
        this.waiting.splice(0).forEach(answer => answer());
    }

    close() {
        this.server.closeAllConnections();
        this.server.close();
    }
}

/** The callback's path and query that the browser comes back to. */
async function begin(mock, held, space = '') {
    const { authorization_url } = await mock.must(200, 'POST', `${space}/v1/connections/oauth/mcp/start`,
        { mcp_server_url: `${held.origin}/mcp`, name: 'Held', return_url: BACK });
    const query = new URL(authorization_url).searchParams;
    return `${new URL(query.get('redirect_uri')).pathname}?code=held-code&state=${query.get('state')}`;
}

const come = (mock, path) => request(mock.origin, 'GET', path, { headers: { connection: 'close' } });

async function total(mock, space = '') {
    return (await mock.must(200, 'GET', `${space}/v2/teams/${TEAM}/connections?type=custom_mcp`)).total;
}

function refused(reply, message) {
    assert.equal(reply.status, 400, reply.raw);
    assert.ok(reply.text.includes(message), reply.text);
}

/** While a code is exchanged, `happens` does; then the exchange ends, and its reply is told. */
async function meanwhile(mock, held, happens, space) {
    const path = await begin(mock, held, space), n = held.asked + 1;
    const first = come(mock, path);
    await held.has(n);
    await happens(path);
    held.release();
    return { path, reply: await first };
}

const GONE = 'This sign-in is gone';

async function reset(mock, held) {
    const before = await total(mock);
    for (const to of ['fixtures', 'empty']) {
        const { path, reply } = await meanwhile(mock, held, () => mock.must(200, 'POST', '/_mock/reset', { to }));
        refused(reply, GONE);
        refused(await come(mock, path), 'The state does not belong');
        assert.equal(await total(mock), to === 'empty' ? 0 : before);
    }
    await mock.must(200, 'POST', '/_mock/reset', {});
}

/** What is restored knows the sign-in, but not that anybody has come back from it. */
async function restored(mock, held) {
    const before = await total(mock), path = await begin(mock, held);
    await mock.must(200, 'PUT', '/_mock/snapshots/pending');
    const first = come(mock, path);
    await held.has(held.asked + 1);
    await mock.must(200, 'POST', '/_mock/snapshots/pending/restore');
    held.release();
    refused(await first, GONE);
    assert.equal(await total(mock), before);
}

/** Of one that was saved while its code was exchanged, nobody exchanges the code any more. */
async function restoredLater(mock, held) {
    const before = await total(mock);
    const { path, reply } = await meanwhile(mock, held, () => mock.must(200, 'PUT', '/_mock/snapshots/taken'));
    assert.match(reply.headers.location, /status=success/);
    await mock.must(200, 'POST', '/_mock/snapshots/taken/restore');
    assert.match((await come(mock, path)).headers.location, /status=error&error=server_error&error_description=.*interrupted/);
    assert.equal(await total(mock), before);
}

async function dropped(mock, held) {
    const space = '/_mock/s/held';
    for (const again of [false, true]) {
        await mock.must(201, 'POST', '/_mock/spaces', { name: 'held' });
        const before = await total(mock, space);
        const { reply } = await meanwhile(mock, held, async () => {
            await mock.must(200, 'DELETE', '/_mock/spaces/held');
            if (again)
                await mock.must(201, 'POST', '/_mock/spaces', { name: 'held' });
        }, space);
        refused(reply, GONE);
        assert.equal(again && await total(mock, space), again && before);
    }
}

async function clickedTwice(mock, held) {
    const before = await total(mock);
    let second;
    const { reply } = await meanwhile(mock, held, async path => {
        second = come(mock, path);
        assert.equal(await Promise.race([second, sleep(300, 'waits')]), 'waits');
    });
    assert.match(reply.headers.location, /status=success/);
    assert.equal((await second).headers.location, reply.headers.location);
    const id = new URL(reply.headers.location).searchParams.get('connection_id');
    assert.equal((await mock.connection(id)).oauth_scopes, null, 'nobody has said any scopes');
    assert.equal(await total(mock), before + 1);
}

/** The next process has no exchange under way. */
async function killed(program, held) {
    const dir = mkdtempSync(join(tmpdir(), 'sign-ins-'));
    const flags = ['--db', join(dir, 'mock.db')];
    let mock = await startMock(program, { flags });
    const before = await total(mock), path = await begin(mock, held), n = held.asked + 1;
    const first = come(mock, path);
    await held.has(n);
    await mock.kill();
    assert.equal((await first).cut, true);
    mock = await startMock(program, { flags });
    for (let i = 0; i < 2; i++)
        assert.match((await come(mock, path)).headers.location, /status=error&error=server_error&error_description=.*interrupted/);
    assert.equal(await total(mock), before);
    await mock.stop();
    rmSync(dir, { recursive: true });
}

export default async function signIns({ program }) {
    const held = await new Held().open();
    const mock = await startMock(program);
    for (const test of [reset, restored, restoredLater, dropped, clickedTwice])
        await test(mock, held);
    await mock.stop();
    await killed(program, held);
    held.close();
}
