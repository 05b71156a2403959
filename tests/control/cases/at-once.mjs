// What many clients change at once adds up: nothing is lost, nothing counted twice, no limit passed, in memory and in a file.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMock } from '../../e2e/lib/mock.mjs';
import { request } from '../lib/http.mjs';

const CLIENTS = 16, EACH = 12, ALL = CLIENTS * EACH;
const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002', OWNER = '6f1d2c3b-1111-4aaa-8bbb-000000000001';
const AGENT = '6f1d2c3b-5555-4aaa-8bbb-000000000001';
const NEW = { provider: 'user', auth_method: 'url' };

/** Connections of their own, which stay open. */
async function send(mock, method, path, body, { as = 'dv_test_owner', ...headers } = {}) {
    const text = body && JSON.stringify(body);
    const reply = await request(mock.origin, method, path, {
        headers: { authorization: `Bearer ${as}`, ...text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }, ...headers },
        body: text,
    });
    return { ...reply, body: reply.text?.startsWith('{') ? JSON.parse(reply.text) : reply.text };
}

/** work(client, n) by so many clients, each one after the other: what came of all. */
async function byAll(work, each = EACH, clients = CLIENTS) {
    const all = await Promise.all(Array.from({ length: clients }, async (_, client) => {
        const done = [];
        for (let n = 0; n < each; n++)
            done.push(await work(client, n));
        return done;
    }));
    return all.flat();
}

const count = (replies, status) => replies.filter(one => one.status === status).length;

function only(replies, ...statuses) {
    for (const one of replies)
        assert.ok(statuses.includes(one.status), `${one.status} ${one.text}`);
}

const PARTS = {
    async clock(mock) {
        await mock.must(200, 'PUT', '/_mock/clock', { action: 'freeze', at: '2030-01-01T00:00:00.000Z' });
        only(await byAll(() => send(mock, 'PUT', '/_mock/clock', { action: 'advance', by_seconds: 1 })), 200);
        const { now } = await mock.must(200, 'GET', '/_mock/clock');
        assert.equal(Date.parse(now) - Date.parse('2030-01-01T00:00:00.000Z'), ALL * 1000);
    },

    /** Each client has a member of its own. */
    async settings(mock) {
        const members = ['rate_limit', 'refresh_grace_seconds', 'run_pending_ms', 'run_running_ms', 'trigger_failures', 'seed', 'webhook_timeout_ms'];
        await byAll((client, n) => send(mock, 'PATCH', '/_mock/settings', { [members[client]]: 1000 + n }), EACH, members.length);
        const settings = await mock.must(200, 'GET', '/_mock/settings');
        assert.deepEqual(members.map(name => settings[name]), members.map(() => 1000 + EACH - 1));
    },

    async faults(mock) {
        const times = ALL / 3;
        await mock.must(201, 'POST', '/_mock/faults', { match: { operation: 'getProfile' }, action: { status: 503 }, times, after: 7 });
        const replies = await byAll(() => send(mock, 'GET', '/v1/profile'));
        only(replies, 200, 503);
        assert.equal(count(replies, 503), times);
        const { faults: [fault] } = await mock.must(200, 'GET', '/_mock/faults');
        assert.equal(fault.hits, times);
        const made = await byAll(() => send(mock, 'POST', '/_mock/faults', { match: {}, action: { status: 500 }, times: 1 }), 70);
        assert.equal(count(made, 201), 999);
        assert.equal((await mock.must(200, 'GET', '/_mock/faults')).total, 1000);
        const gone = await byAll((client, n) => send(mock, 'DELETE', `/_mock/faults/${made[n].body.id}`), 20);
        assert.deepEqual([count(gone, 200), count(gone, 404)], [20, gone.length - 20]);
    },

    async inbox(mock) {
        const seen = [];
        const sent = byAll(async client => {
            const { status } = await send(mock, 'POST', '/_mock/inbox/all', { client });
            seen.push((await send(mock, 'GET', '/_mock/inbox/all?limit=1')).body.total);
            return { status };
        });
        const waiting = Promise.all([1, ALL / 2, ALL].map(n => send(mock, 'GET', `/_mock/inbox/all?count=${n}&within_ms=20000`)));
        only(await sent, 200);
        (await waiting).forEach(({ body }, i) => assert.ok(body.total >= [1, ALL / 2, ALL][i], `${body.total}`));
        assert.equal((await mock.must(200, 'GET', '/_mock/inbox/all')).total, ALL);
        const named = await byAll((client, n) => send(mock, 'POST', `/_mock/inbox/${client}-${n}`, {}));
        assert.equal(count(named, 200), 99);
    },

    /** A verification that waits is answered, and neither counts one twice. */
    async journal(mock) {
        const waiting = Promise.all(Array.from({ length: 4 }, () => send(mock, 'POST', '/_mock/verify',
            { match: { operation: 'getProfile' }, count: { min: ALL }, within_ms: 20000 })));
        only(await byAll(() => send(mock, 'GET', '/v1/profile')), 200);
        for (const { status, body } of await waiting)
            assert.deepEqual([status, body], [200, { matched: ALL }]);
        const { total, dropped } = await mock.must(200, 'GET', '/_mock/requests?operation=getProfile&limit=1');
        assert.deepEqual([total, dropped], [ALL, 0]);
    },

    async events(mock) {
        const waiting = send(mock, 'POST', '/_mock/verify', { match: { event: 'connection.updated' }, count: { min: ALL }, within_ms: 20000 });
        only(await byAll((client, n) => send(mock, 'POST', '/v1/connections', { ...NEW, name: `${client} ${n}` })), 201);
        assert.deepEqual((await waiting).body, { matched: ALL });
    },

    async rate(mock) {
        const limit = ALL / 4;
        await mock.must(200, 'PUT', '/_mock/clock', { action: 'freeze' });
        await mock.must(200, 'PATCH', '/_mock/settings', { rate_limit: limit });
        const keys = ['dv_test_owner', 'dv_test_builder'];
        const replies = await byAll(client => send(mock, 'GET', '/v1/profile', undefined, { as: keys[client % 2] }));
        only(replies, 200, 429);
        assert.equal(count(replies, 200), 2 * limit);
    },

    async idempotency(mock) {
        const before = (await mock.must(200, 'GET', '/v1/connections?limit=1')).total;
        const replies = await byAll((client, n) => send(mock, 'POST', '/v1/connections', { ...NEW, name: `once ${n}` }, { 'idempotency-key': `k${n}` }));
        only(replies, 201);
        assert.equal(new Set(replies.map(one => one.body.id)).size, EACH);
        assert.equal((await mock.must(200, 'GET', '/v1/connections?limit=1')).total - before, EACH);
        assert.equal(replies.filter(one => one.headers['x-mock-replayed']).length, ALL - EACH);
    },

    async keys(mock) {
        const keys = await byAll(() => send(mock, 'POST', '/_mock/keys', { team_id: TEAM, user_id: OWNER }));
        only(keys, 201);
        only(await byAll((client, n) => send(mock, 'GET', '/v1/profile', undefined, { as: keys[client * EACH + n].body.key })), 200);
    },

    /** Each order is for one run, and each run has one. */
    async scripts(mock) {
        only(await byAll(() => send(mock, 'POST', '/_mock/runs/next', { steps: [{ status: 'failed' }] })), 201);
        assert.equal((await mock.must(200, 'GET', '/_mock/runs/next')).total, ALL);
        const runs = await byAll(() => send(mock, 'POST', `/v2/teams/${TEAM}/runs`, { agent_id: AGENT }), EACH + 1);
        only(runs, 201);
        assert.equal((await mock.must(200, 'GET', '/_mock/runs/next')).total, 0);
        const ends = await Promise.all(runs.map(async ({ body }) => (await send(mock, 'GET', `/v2/runs/${body.run.id}`)).body.run.status));
        assert.equal(ends.filter(status => status === 'failed').length, ALL);
    },

    async limits(mock) {
        const url = 'http://127.0.0.1:1/';
        assert.equal(count(await byAll(() => send(mock, 'POST', '/_mock/webhooks', { url, paused: true })), 201), 100);
        assert.equal(count(await byAll((client, n) => send(mock, 'PUT', `/_mock/snapshots/${client}-${n}`)), 200), 100);
        assert.equal((await mock.must(200, 'GET', '/_mock/snapshots')).total, 100);
        await mock.must(200, 'DELETE', '/_mock/snapshots');
    },

    /** One makes it, one drops it, whoever uses it meanwhile works on a whole one. */
    async spaces(mock) {
        for (let n = 0; n < EACH; n++) {
            const made = await byAll(() => send(mock, 'POST', '/_mock/spaces', { name: `made-${n}` }), 1);
            assert.deepEqual([count(made, 201), count(made, 409)], [1, CLIENTS - 1]);
            const [{ body: { api_key: as } }] = made.filter(one => one.status === 201);
            only(await byAll(() => send(mock, 'GET', '/v1/profile', undefined, { as }), 1), 200);
            const gone = await byAll(() => send(mock, 'DELETE', `/_mock/spaces/made-${n}`), 1);
            only(gone, 200, 404);
            assert.ok(count(gone, 200) >= 1);
            only(await byAll(() => send(mock, 'GET', '/v1/profile', undefined, { as }), 1), 401);
        }
        const used = await byAll((client, n) => send(mock, 'POST', `/_mock/s/used-${n}/v1/connections`, { ...NEW, name: `${client}` }));
        only(used, 201);
        const before = (await mock.must(200, 'GET', '/_mock/s/fresh/v1/connections?limit=1')).total;
        for (let n = 0; n < EACH; n++)
            assert.equal((await mock.must(200, 'GET', `/_mock/s/used-${n}/v1/connections?limit=1`)).total - before, CLIENTS);
    },

    /** Whoever resets, takes snapshots and writes at once finds a whole space. */
    async resets(mock) {
        const { total: before } = await mock.must(200, 'GET', '/v1/connections?limit=1');
        const replies = await byAll((client, n) => [
            () => send(mock, 'POST', '/_mock/reset', { only: ['data'] }),
            () => send(mock, 'PUT', `/_mock/snapshots/s${n % 3}`),
            () => send(mock, 'POST', '/v1/connections', { ...NEW, name: `${client} ${n}` }),
            () => send(mock, 'POST', `/_mock/snapshots/s${n % 3}/restore`),
        ][(client + n) % 4](), 4 * EACH);
        only(replies, 200, 201, 404);
        only(replies.filter(one => one.status === 404 && !one.text.includes('napshot')), 200);
        await mock.must(200, 'POST', '/_mock/reset', {});
        assert.equal((await mock.must(200, 'GET', '/v1/connections?limit=1')).total, before);
    },
};

export default async function atOnce({ program }) {
    const dir = mkdtempSync(join(tmpdir(), 'at-once-'));
    try {
        for (const flags of [[], ['--db', join(dir, 'state.db')]]) {
            const mock = await startMock(program, { flags: ['--run-pending-ms', '0', '--run-running-ms', '0', ...flags] });
            try {
                for (const [name, part] of Object.entries(PARTS)) {
                    await mock.must(200, 'POST', '/_mock/reset', {});
                    await part(mock).catch(error => { throw new Error(`${name}, ${flags.length ? 'in a file' : 'in memory'}: ${error.stack}`); });
                }
                await mock.stop();
            } finally {
                await mock.kill();
            }
        }
    } finally {
        rmSync(dir, { recursive: true, force: true });
    }
}
