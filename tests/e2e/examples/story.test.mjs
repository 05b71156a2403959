// Ten tests of a client of the Connections API, side by side, each in a space of its own, on a mock that the suite starts.
// Usage: npm install duvo-mock && node --test story.test.mjs

import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { test } from 'duvo-mock/node-test';

/** The code under test: what an application does with Duvo. */
class Duvo {
    constructor({ url, key }) {
        Object.assign(this, { url, key });
    }

    async call(method, path, body, tries = 3) {
        const reply = await fetch(this.url + path, {
            method,
            headers: { authorization: `Bearer ${this.key}`, ...body && { 'content-type': 'application/json' } },
            body: body && JSON.stringify(body),
        });
        if (reply.status === 503 && tries > 1)
            return this.call(method, path, body, tries - 1);
        if (!reply.ok)
            throw new Error(`${reply.status}: ${(await reply.json()).message}`);
        return reply.json();
    }

    create(name, headers) {
        const method = headers ? 'headers' : 'url';
        return this.call('POST', '/v1/connections', { name, provider: 'user', auth_method: method, headers });
    }

    async names() {
        return (await this.call('GET', '/v1/connections')).connections.map(connection => connection.name);
    }

    /** Where the user's browser is sent. */
    async authorize(provider) {
        const { authorization_url: url } = await this.call('POST', `/v1/connections/oauth/native/${provider}/start`, { return_url: '/done' });
        return url;
    }
}

describe('a client of Duvo', { concurrency: true }, () => {
    test('tries again when the server is unavailable', async ({ space }) => {
        await space.fault({ match: { operation: 'createConnection' }, action: { status: 503 }, times: 2 });
        await new Duvo(space).create('Patient');
        await space.verify({ match: { operation: 'createConnection', body: { '/name': 'Patient' } }, count: 3 });
        await space.verify({ match: { operation: 'createConnection', status: 503 }, count: 2 });
    });

    test('gives up after three tries', async ({ space }) => {
        await space.fault({ match: { path: '/v1/connections' }, action: { status: 503 } });
        await assert.rejects(new Duvo(space).names(), /^Error: 503/);
        await space.verify({ match: { operation: 'listConnections' }, count: 3 });
    });

    test('knows when a connection was made', async ({ space }) => {
        await space.clock.freeze(new Date('2030-01-01T00:00:00Z'));
        await space.clock.advance(90);
        assert.equal((await new Duvo(space).create('Timely')).created_at, '2030-01-01T00:01:30.000Z');
    });

    test('sends the secret, and never gets it back', async ({ space }) => {
        const made = await new Duvo(space).create('Secretive', { secret: { 'X-API-Key': 'k3y' } });
        assert.ok((await space.connections.match(made.id, { name: 'X-API-Key', value: 'k3y' })).match);
        const [sent] = await space.requests({ operation: 'createConnection' });
        assert.ok(!JSON.stringify(sent).includes('k3y'));
    });

    test('connects an account', async ({ space }) => {
        const { redirect_url: url, connection } = await space.oauth.complete({
            authorization_url: await new Duvo(space).authorize('gmail'), outcome: 'approve',
        });
        assert.equal(new URL(url, space.url).searchParams.get('status'), 'success');
        assert.equal(connection.type, 'gmail');
    });

    test('is told that the user said no', async ({ space }) => {
        await space.oauth.next({ outcome: 'deny' });
        const { redirect_url: url, connection } = await space.oauth.complete({ authorization_url: await new Duvo(space).authorize('gmail') });
        assert.notEqual(new URL(url, space.url).searchParams.get('status'), 'success');
        assert.equal(connection, null);
    });

    test('sees that a connection broke', async ({ space }) => {
        const duvo = new Duvo(space);
        const { id } = await duvo.create('Brittle');
        await space.transition(id, 'broken', 'The server is gone');
        assert.equal((await duvo.call('GET', `/v2/connections/${id}`)).broken_reason, 'The server is gone');
    });

    test('starts from where it was', async ({ space }) => {
        const duvo = new Duvo(space), before = await duvo.names();
        await space.snapshot('before');
        await duvo.create('Passing');
        assert.equal((await duvo.names()).length, before.length + 1);
        await space.reset({ to: 'before' });
        assert.deepEqual(await duvo.names(), before);
    });

    test('has a world of its own', async ({ space, mock }) => {
        const other = await mock.space({ fixtures: 'empty' });
        await new Duvo(other).create('Elsewhere');
        assert.equal((await new Duvo(other).names()).join(), 'Elsewhere');
        assert.ok(!(await new Duvo(space).names()).includes('Elsewhere'));
        assert.equal((await space.fixtures()).connections.some(connection => connection.name === 'Elsewhere'), false);
        await other.drop();
    });

    test('says what came instead of what was expected', async ({ space }) => {
        await new Duvo(space).names();
        const wrong = space.verify({ match: { operation: 'createConnection', method: 'POST' }, count: 1 });
        await assert.rejects(wrong, error => error.name === 'AssertionError' &&
            /^Expected exactly 1 request with/.test(error.message) && /GET \S+\/v1\/connections -> 200 \(listConnections\)/.test(error.message));
    });
});
