// Traffic that must see one whole state or another while the control plane works, each kind in a space of its own.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from '../lib/http.mjs';

const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002';
const ORGANIZATION = '6f1d2c3b-0000-4aaa-8bbb-000000000001';
const OWNER = '6f1d2c3b-1111-4aaa-8bbb-000000000001';
const READERS = 4;

/** Calls of one space, until the traffic ends. */
export class Caller {
    constructor(origin, space, until) {
        Object.assign(this, { origin, space, until, calls: 0, stopped: false });
    }

    get goesOn() {
        return !this.stopped && performance.now() < this.until();
    }

    /** The reply; undefined when the server is being stopped, which ends the traffic. */
    async call(method, path, body, headers = {}) {
        let reply;
        try {
            reply = await request(this.origin, method, path, {
                headers: { authorization: 'Bearer dv_test_owner', 'x-mock-space': this.space, ...body && { 'content-type': 'application/json' }, ...headers },
                body: body && JSON.stringify(body),
            });
        } catch (error) {
            reply = { cut: true, code: error.code };
        }
        if (reply.cut) {
            assert.ok(this.until.stopping, `${method} ${path} was cut: ${reply.code}`);
            this.stopped = true;
            return undefined;
        }
        this.calls++;
        if (this.until.stopping && reply.status === 503) {
            this.stopped = true;
            return undefined;
        }
        assert.ok(reply.status < 500, `${method} ${path}: ${reply.status} ${reply.text}`);
        return reply;
    }

    async must(status, method, path, body, headers) {
        const reply = await this.call(method, path, body, headers);
        if (reply)
            assert.equal(reply.status, status, `${method} ${path} in ${this.space}: ${reply.text}`);
        return reply?.json();
    }

    /** Does it again and again. */
    async keep(work) {
        for (let round = 0; this.goesOn; round++)
            await work(round);
    }

    /** The number of connections is always one of these, and each of them comes. */
    async countsAre(allowed, seen) {
        await this.keep(async () => {
            const list = await this.must(200, 'GET', '/v1/connections?limit=100');
            if (!list)
                return;
            assert.ok(allowed.includes(list.total), `${list.total} connections in ${this.space}, not ${allowed}`);
            assert.equal(list.connections.length, list.total, 'the page is of the same state as its total');
            seen.add(list.total);
        });
    }
}

function create(caller, name = 'Made', headers = {}) {
    return caller.must(201, 'POST', '/v1/connections', { name, provider: 'user', auth_method: 'url' }, headers);
}

async function readWhile(caller, allowed, work) {
    const seen = new Set();
    await Promise.all([...Array.from({ length: READERS }, () => caller.countsAre(allowed, seen)), caller.keep(work)]);
    assert.deepEqual([...seen].sort((a, b) => a - b), allowed, 'both states were seen');
}

export async function resets(caller) {
    const { total } = await caller.must(200, 'GET', '/v1/connections');
    for (let i = 0; i < 5; i++)
        await create(caller);
    await caller.must(200, 'PUT', '/_mock/snapshots/more');
    await readWhile(caller, [total, total + 5], round => round % 2
        ? caller.must(200, 'POST', '/_mock/reset', { only: ['data'] })
        : caller.must(200, 'POST', '/_mock/reset', { to: 'more', only: ['data'] }));
}

export async function snapshots(caller) {
    const { total } = await caller.must(200, 'GET', '/v1/connections');
    await caller.must(200, 'PUT', '/_mock/snapshots/few');
    await create(caller);
    await caller.must(200, 'PUT', '/_mock/snapshots/many');
    await readWhile(caller, [total, total + 1], round =>
        caller.must(200, 'POST', `/_mock/snapshots/${round % 2 ? 'few' : 'many'}/restore`));
}

export function documentOf(count, word) {
    return {
        organizations: [{ id: ORGANIZATION, name: 'O', connections_sharing: true }],
        teams: [{ id: TEAM, name: 'T', organization_id: ORGANIZATION, discovery_mode: 'auto' }],
        people: [{ id: OWNER, name: 'P', email: 'p@o.example' }],
        members: [{ team_id: TEAM, user_id: OWNER, role: 'owner' }],
        api_keys: [{ key: 'dv_test_owner', team_id: TEAM, user_id: OWNER }],
        connections: Array.from({ length: count }, (_, i) => ({
            id: `6f1d2c3b-4444-4aaa-8bbb-${String(i).padStart(12, '0')}`, name: `${word} ${i}`, team_id: TEAM, user_id: OWNER,
        })),
    };
}

export async function fixtures(caller) {
    await caller.must(201, 'POST', '/_mock/fixtures?replace=true', documentOf(3, 'few'));
    await readWhile(caller, [3, 7], round =>
        caller.must(201, 'POST', '/_mock/fixtures?replace=true', round % 2 ? documentOf(3, 'few') : documentOf(7, 'many')));
}

/** The request that a verification waits for comes while it waits. */
export async function verifications(caller) {
    await caller.keep(async round => {
        const tag = `${caller.space}-${round}`;
        const verified = caller.must(200, 'POST', '/_mock/verify',
            { match: { operation: 'getProfile', header: { 'x-tag': tag } }, count: 2, within_ms: 20000 });
        verified.catch(() => {}); // it is looked at below
        for (let i = 0; i < 2; i++) {
            await sleep(10);
            await caller.must(200, 'GET', '/v1/profile', undefined, { 'x-tag': tag });
        }
        const reply = await verified;
        if (reply)
            assert.equal(reply.matched, 2);
    });
}

/** Twenty at once in two spaces with the same ids: nobody sees the other space's names. */
export async function twins(callers) {
    await Promise.all(callers.map(one => one.must(201, 'POST', '/_mock/fixtures?replace=true', documentOf(5, one.space))));
    const work = (one, worker) => one.keep(async round => {
        const path = `/v1/connections/6f1d2c3b-4444-4aaa-8bbb-${String(worker % 5).padStart(12, '0')}`;
        const name = `${one.space} ${worker} ${round}`;
        const reply = round % 3 ? await one.must(200, 'GET', path) : await one.must(200, 'PATCH', path, { name });
        if (reply)
            assert.ok(reply.name.startsWith(`${one.space} `), `${reply.name} in ${one.space}`);
    });
    await Promise.all(callers.flatMap(one => Array.from({ length: 10 }, (_, worker) => work(one, worker))));
}

/** What is made between two looks at the clock has a time between them. */
export async function clocks(caller) {
    await caller.must(200, 'PUT', '/_mock/clock', { action: 'freeze' });
    const advance = caller.keep(() => caller.must(200, 'PUT', '/_mock/clock', { action: 'advance', by_seconds: 60 }));
    const make = () => caller.keep(async () => {
        const before = await caller.must(200, 'GET', '/_mock/clock');
        const made = await create(caller);
        const after = await caller.must(200, 'GET', '/_mock/clock');
        if (before && made && after)
            assert.ok(before.now <= made.created_at && made.created_at <= after.now, `${before.now} ${made.created_at} ${after.now}`);
    });
    await Promise.all([advance, make(), make()]);
}

/** Spaces come and go; a request finds its space, or is told that it is gone. */
export async function spaces(caller, name) {
    const inside = new Caller(caller.origin, name, caller.until);
    const use = inside.keep(async () => {
        const reply = await inside.call('POST', '/v1/connections', { name: 'Made', provider: 'user', auth_method: 'url' });
        if (reply)
            assert.ok(reply.status === 201 || reply.status === 404, `${reply.status} ${reply.text}`);
    });
    await Promise.all([use, caller.keep(async () => {
        const made = await caller.call('POST', '/_mock/spaces', { name });
        const dropped = await caller.call('DELETE', `/_mock/spaces/${name}`);
        if (made && dropped)
            assert.ok([201, 409].includes(made.status) && [200, 404].includes(dropped.status), `${made.text} ${dropped.text}`);
    })]);
}

/** Writes whose acknowledgement came. */
export async function writes(caller, acknowledged) {
    const write = () => caller.keep(async () => {
        const made = await create(caller);
        if (made)
            acknowledged.push(made.id);
    });
    await Promise.all(Array.from({ length: 4 }, write));
}
