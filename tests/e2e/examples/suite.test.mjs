// A test suite against the mock: isolated, so it can run beside any other; verified; with a fault and a frozen clock.
// Usage: node --test tests/e2e/examples/suite.test.mjs      with a server at DUVO_MOCK (default http://127.0.0.1:8787)

import assert from 'node:assert/strict';
import test, { after } from 'node:test';

const MOCK = process.env.DUVO_MOCK ?? 'http://127.0.0.1:8787';

/** One call of the control plane. */
async function control(method, url, body) {
    const reply = await fetch(url, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const answer = await reply.json();
    assert.ok(reply.ok, answer.message);
    return answer;
}

// A space has its own data, clock, faults and journal. Its base_url goes where the SDK's base URL goes.
const space = await control('POST', `${MOCK}/_mock/spaces`, {});
const mock = (method, path, body) => control(method, `${space.base_url}/_mock${path}`, body);
after(() => control('DELETE', `${MOCK}/_mock/spaces/${space.name}`));

/** The code under test: creates a connection, and tries again when the server is unavailable. */
async function createConnection(name, tries = 3) {
    const reply = await fetch(`${space.base_url}/v1/connections`, {
        method: 'POST',
        headers: { authorization: `Bearer ${space.api_key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name, provider: 'user', auth_method: 'url' }),
    });
    return reply.status === 503 && tries > 1 ? createConnection(name, tries - 1) : reply;
}

test('tries again when the server is unavailable', async () => {
    await mock('POST', '/faults', { match: { operation: 'createConnection' }, action: { status: 503 }, times: 2 });
    assert.equal((await createConnection('Patient')).status, 201);
    const match = { operation: 'createConnection', body: { '/name': 'Patient' } };
    await mock('POST', '/verify', { match, count: 3 });
    await mock('POST', '/verify', { match: { ...match, status: 503 }, count: 2 });
});

test('knows when a connection was made', async () => {
    await mock('PUT', '/clock', { action: 'freeze', at: '2030-01-01T00:00:00Z' });
    const made = await (await createConnection('Timely')).json();
    assert.equal(made.created_at, '2030-01-01T00:00:00.000Z');
});

test('starts from the fixtures again', async () => {
    const { counts } = await mock('POST', '/reset', {});
    assert.equal(counts.connections, 14);
});
