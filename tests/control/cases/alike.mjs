// A server that has kept texts, orders of lists and replies for its readers answers as one that has read the same file
// just now, whatever was written before, in spaces with rows of their own and without. SEED=2 ROUNDS=40 makes another story.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMock } from '../../e2e/lib/mock.mjs';
import { Visitor } from '../lib/families.mjs';

const TEAMS = { owner: '6f1d2c3b-2222-4aaa-8bbb-000000000002', labs: '6f1d2c3b-2222-4aaa-8bbb-000000000004' };
const KEYS = ['owner', 'manager', 'builder', 'member', 'labs', 'other'];
const SPACES = ['default', 'one', 'two', 'three'];
const TYPES = ['gmail', 'slack', 'custom_mcp'];
const { SEED = '1', ROUNDS = '12' } = process.env;
const WRITES = 25, SOME_READS = 12, AT_ONCE = 5; // of a round, after each write, and in every other round
/** No run goes on by itself while the two servers are compared: an hour passes when a test says so. */
const HOUR_MS = 3600000;
const FLAGS = ['--log', 'off', '--consent', 'auto', '--run-pending-ms', `${HOUR_MS}`, '--run-running-ms', `${HOUR_MS}`];
const CONFIG = { version: 'v2', data: { models: { agent: { model: 'claude-sonnet-5' }, browsing: { provider: 'google', model: 'gemini-2.5-pro' } }, input: 'I' } };

/** Chances that the same seed repeats. */
class Dice {
    constructor(seed) {
        Object.assign(this, { seed, thrown: 0, made: 0 });
    }

    below(n) {
        return createHash('sha256').update(`${this.seed} ${++this.thrown}`).digest().readUInt32BE() % n;
    }

    /** All of them in a row, in no order. */
    shuffled(list) {
        return list.map(one => [this.below(2 ** 32), one]).sort(([a], [b]) => a - b).map(([, one]) => one);
    }

    one(list) {
        return list[this.below(list.length)];
    }

    id() {
        return '00000000-0000-4000-8000-000000000000'.replace(/0/g, () => this.below(16).toString(16));
    }

    name(what) {
        return `${what} ${this.below(20)} ${++this.made}`;
    }
}

const idsOf = async (v, path, member, as) => ((await v.call('GET', path, { as: `dv_test_${as}` })).json()?.[member] ?? []).map(one => one.id);

/** The ids that a writer may choose from. */
const connections = (v, as) => idsOf(v, '/v1/connections?limit=100', 'connections', as);
const agents = v => idsOf(v, `/v2/teams/${TEAMS.owner}/agents`, 'agents', 'owner');
const queues = v => idsOf(v, `/v2/teams/${TEAMS.owner}/queues`, 'queues', 'owner');
const runs = v => idsOf(v, `/v2/teams/${TEAMS.owner}/runs?limit=100`, 'data', 'owner');

const KIND = [
    { provider: 'user', auth_method: 'url', server_url: 'https://mcp.example.com/mcp' },
    { provider: 'user', auth_method: 'headers', headers: { plaintext: { A: '1' }, secret: { B: '2' } } },
    { provider: 'user', auth_method: 'url', type: 'gmail' },
    { provider: 'user', auth_method: 'url', type: 'slack' },
];

/** What is written: each chooses at random and does not mind a refusal. */
const WRITERS = {
    create: (v, dice, as) => v.call('POST', '/v1/connections', { json: { name: dice.name('Made'), ...dice.one(KIND) }, as: `dv_test_${as}` }),
    rename: async (v, dice, as) => v.call('PATCH', `/v1/connections/${dice.one(await connections(v, as))}`,
        { json: { name: dice.name('Renamed') }, as: `dv_test_${as}` }),
    share: async (v, dice, as) => v.call('PATCH', `/v2/connections/${dice.one(await connections(v, as))}`,
        { json: { shared: dice.below(2) === 0 }, as: `dv_test_${as}` }),
    take: async (v, dice, as) => v.call('DELETE', `/v2/connections/${dice.one(await connections(v, as))}`, { as: `dv_test_${as}` }),
    breaks: async (v, dice, as) => v.call('POST', `/_mock/connections/${dice.one(await connections(v, as))}/transition`,
        { json: { to: dice.one(['expired', 'revoked', 'broken', 'active']) } }),
    load: (v, dice) => v.call('POST', '/_mock/fixtures', { json: { connections: [1, 2, 3].map(() => ({ id: dice.id(), name: dice.name('Loaded'),
        team_id: TEAMS.owner, created_at: `2026-0${1 + dice.below(9)}-01T00:00:00Z`, ...dice.below(2) && { user_id: '6f1d2c3b-1111-4aaa-8bbb-000000000001' } })) } }),
    start: async (v, dice) => v.call('POST', `/v2/teams/${TEAMS.owner}/runs`, { json: { agent_id: dice.one(await agents(v)), message: dice.name('Go') } }),
    stop: async (v, dice) => v.call('POST', `/v2/runs/${dice.one(await runs(v))}/stop`),
    tell: async (v, dice) => v.call('POST', `/v2/runs/${dice.one(await runs(v))}/messages`, { json: { message: dice.name('More') } }),
    wait: v => v.call('PUT', '/_mock/clock', { json: { action: 'advance', by_seconds: HOUR_MS / 1000 } }),
    agent: (v, dice) => v.call('POST', `/v2/teams/${TEAMS.owner}/agents`, { json: { name: dice.name('Agent'), build: { name: 'First', config: CONFIG } } }),
    renameAgent: async (v, dice) => v.call('PATCH', `/v2/agents/${dice.one(await agents(v))}`, { json: { name: dice.name('Agent') } }),
    takeAgent: async (v, dice) => v.call('DELETE', `/v2/agents/${dice.one(await agents(v))}`),
    move: async (v, dice) => v.call('POST', `/v2/agents/${dice.one(await agents(v))}/move`, { json: { target_team_id: TEAMS.labs } }),
    queue: (v, dice) => v.call('POST', `/v2/teams/${TEAMS.owner}/queues`, { json: { name: dice.name('Queue') } }),
    case: async (v, dice) => v.call('POST', `/v2/queues/${dice.one(await queues(v))}/cases`, { json: { case: { title: dice.name('Case') } } }),
    renameQueue: async (v, dice) => v.call('PATCH', `/v2/queues/${dice.one(await queues(v))}`, { json: { name: dice.name('Queue') } }),
    takeQueue: async (v, dice) => v.call('DELETE', `/v2/queues/${dice.one(await queues(v))}`),
    keep: v => v.call('PUT', '/_mock/snapshots/x'),
    restore: v => v.call('POST', '/_mock/snapshots/x/restore'),
    reset: (v, dice) => v.call('POST', '/_mock/reset', { json: { to: dice.one(['fixtures', 'fixtures', 'fixtures', 'empty']) } }),
    drop: async (v, dice) => {
        const name = dice.one(SPACES.slice(1)), outside = new Visitor(v.origin);
        await outside.call('DELETE', `/_mock/spaces/${name}`);
        return outside.call('POST', '/_mock/spaces', { json: { name } });
    },
};
/** Most are as likely; these undo what the others did. */
const RARE = new Set(['restore', 'reset', 'drop', 'takeAgent', 'takeQueue']);

function pages(path, total, step) {
    const and = path.includes('?') ? '&' : '?';
    return Array.from({ length: Math.ceil(total / step) }, (_, i) => `${path}${and}limit=${step}&offset=${i * step}`);
}

/** The reads of a space, as [key, path]. */
async function readsOf(v) {
    const reads = [];
    const add = (as, ...paths) => reads.push(...paths.map(path => [as, path]));
    for (const as of KEYS) {
        add(as, ...pages('/v1/connections', 30, 7), '/v1/connections?limit=100', ...TYPES.flatMap(type => pages(`/v1/connections?type=${type}`, 10, 4)));
        add(as, `/v2/teams/${TEAMS[as] ?? TEAMS.owner}/connections?limit=100`, '/v1/integrations', '/v1/profile', '/v2/teams');
        add(as, ...(await connections(v, as)).slice(0, 10).map(id => `/v1/connections/${id}`));
    }
    for (const [as, team] of Object.entries(TEAMS))
        add(as, ...pages(`/v2/teams/${team}/runs`, 30, 7), `/v2/teams/${team}/runs?status=completed`, `/v2/teams/${team}/agents`, `/v2/teams/${team}/queues`);
    for (const id of await queues(v))
        add('owner', `/v2/queues/${id}`, ...pages(`/v2/queues/${id}/cases`, 12, 5));
    for (const id of (await runs(v)).slice(0, 10))
        add('owner', `/v2/runs/${id}`, `/v2/runs/${id}/messages`);
    add('owner', '/_mock/fixtures', '/v2/artifacts?scope=team');
    return reads;
}

async function reply(v, [as, path]) {
    const { status, text } = await v.call('GET', path, { as: `dv_test_${as}` });
    return `${status} ${text.replaceAll(v.origin, '').replaceAll(`/_mock/s/${v.space}`, '')}`;
}

function expectSame({ space }, read, one, right) {
    if (one === right)
        return;
    let at = 0;
    while (one[at] === right[at])
        at++;
    const near = text => text.slice(Math.max(0, at - 80), at + 80);
    assert.equal(near(one), near(right), `SEED=${SEED}, space ${space}, ${read.join(' ')}`);
}

/** One that begins with what `file` has now. */
async function another(program, file, dir) {
    const copy = join(dir, 'copy.db');
    for (const end of ['', '-wal', '-shm'])
        rmSync(copy + end, { force: true });
    execFileSync('sqlite3', [file, `.backup ${copy}`]);
    if (existsSync(`${file}.key`))
        copyFileSync(`${file}.key`, `${copy}.key`);
    return startMock(program, { flags: ['--db', copy, ...FLAGS] });
}

async function compare(mock, program, file, dir) {
    const before = new Map();
    for (const space of SPACES) {
        const v = new Visitor(mock.origin, { space });
        for (const read of await readsOf(v))
            before.set([space, ...read], [await reply(v, read), await reply(v, read)]);
    }
    const fresh = await another(program, file, dir);
    try {
        for (const [[space, ...read], replies] of before) {
            const v = new Visitor(fresh.origin, { space }), right = await reply(v, read);
            replies.forEach(one => expectSame(v, read, one, right));
        }
    } finally {
        await fresh.kill();
    }
    return before.size;
}

/** A space that was reset answers as one in which nothing was ever written. */
async function compareReset(mock) {
    const untouched = new Visitor(mock.origin, { space: 'untouched' }), reads = await readsOf(untouched);
    for (const space of SPACES) {
        const v = new Visitor(mock.origin, { space });
        await v.must(200, 'POST', '/_mock/reset');
        for (const read of reads)
            expectSame(v, read, await reply(v, read), await reply(untouched, read));
    }
    return SPACES.length * reads.length;
}

/** Writes at random, and reads after each, so that there is something to keep. */
class Writer {
    constructor(mock, dice) {
        Object.assign(this, { mock, dice, bag: [], done: new Set() });
        this.names = Object.keys(WRITERS).flatMap(name => Array(RARE.has(name) ? 1 : 4).fill(name));
    }

    async write(spaces) {
        const { mock, dice } = this;
        this.bag = this.bag.length ? this.bag : dice.shuffled(this.names);
        const v = new Visitor(mock.origin, { space: dice.one(spaces) });
        const name = this.bag.pop(), { status } = await WRITERS[name](v, dice, dice.one(KEYS));
        if (status < 300)
            this.done.add(name);
        const reads = await readsOf(v);
        for (let n = 0; n < SOME_READS; n++)
            await reply(v, dice.one(reads));
    }
}

export default async function alike({ program, slow }) {
    const dir = mkdtempSync(join(tmpdir(), 'alike-')), file = join(dir, 'mock.db');
    const mock = await startMock(program, { flags: ['--db', file, ...FLAGS] });
    const writer = new Writer(mock, new Dice(SEED));
    let compared = 0;
    try {
        for (let round = 0; round < (slow ? ROUNDS / 4 : Number(ROUNDS)); round++) {
            const atOnce = round % 2 ? AT_ONCE : 1, spaces = SPACES.slice(0, 1 + round % SPACES.length);
            for (let i = 0; i < WRITES; i += atOnce)
                await Promise.all(Array.from({ length: atOnce }, () => writer.write(spaces)));
            compared += await compare(mock, program, file, dir);
        }
        compared += await compareReset(mock);
        await mock.stop();
    } finally {
        await mock.kill();
        rmSync(dir, { recursive: true, force: true });
    }
    if (!slow)
        assert.deepEqual(Object.keys(WRITERS).filter(name => !writer.done.has(name)), [], 'what was never written');
    console.log(`${compared} replies compared`);
}
