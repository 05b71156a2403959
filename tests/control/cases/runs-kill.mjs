// A server that is killed while runs move and schedules start them loses none: each run that was acknowledged ends once,
// each minute has one run of its schedule, and each end is told, at most twice.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../../e2e/lib/mock.mjs';
import { Receiver } from '../lib/receiver.mjs';

const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002';
const ROUNDS = 6, WAIT_MS = 20000, MINUTE = 60000;
const CONFIG = { version: 'v2', data: { models: { agent: { model: 'claude-sonnet-5' }, browsing: { provider: 'google', model: 'gemini-2.5-pro' } }, input: 'I' } };

/** The clock does not outlive the process: each round has a day of its own. */
const dayOf = round => Date.parse('2026-03-01T10:00:00.000Z') + round * 1440 * MINUTE;
const freeze = (mock, round) => mock.must(200, 'PUT', '/_mock/clock', { action: 'freeze', at: new Date(dayOf(round)).toISOString() });

/** An agent that needs no connection, and what starts it each minute. */
async function begin(mock, receiver) {
    await mock.must(201, 'POST', '/_mock/webhooks', { url: receiver.url, events: ['run.completed'] });
    const { agent } = await mock.must(201, 'POST', `/v2/teams/${TEAM}/agents`, { name: 'Made', build: { name: 'First', config: CONFIG } });
    await mock.must(200, 'POST', `/v2/agents/${agent.id}/schedules`, { enabled: true, frequency: 'custom', cron: '* * * * *', timezone: 'UTC', task: 'T' });
    return agent.id;
}

/** Starts runs until the server is gone. */
async function start(mock, agent_id, started) {
    for (;;) {
        const run = await mock.call('POST', `/v2/teams/${TEAM}/runs`, { agent_id }).catch(() => null);
        if (!run)
            return;
        started.add(run.body.run.id);
    }
}

/** Lets minute after minute pass, and remembers those in which something was read. */
async function pass(mock, minutes) {
    for (;;) {
        const clock = await mock.call('PUT', '/_mock/clock', { action: 'advance', by_seconds: 60 }).catch(() => null);
        if (!clock || !await mock.call('GET', `/v2/teams/${TEAM}/runs?limit=1`).catch(() => null))
            return;
        minutes.add(Date.parse(clock.body.now));
    }
}

async function allRuns(mock) {
    const runs = [];
    for (let total = 1; runs.length < total;) {
        const page = await mock.must(200, 'GET', `/v2/teams/${TEAM}/runs?limit=100&sort_order=asc&offset=${runs.length}`);
        total = page.total;
        runs.push(...page.data);
    }
    return runs;
}

async function check(mock, agent_id, { started, minutes, receiver }) {
    await freeze(mock, ROUNDS);
    const runs = (await allRuns(mock)).filter(one => one.agent_id === agent_id);
    const known = new Set(runs.map(one => one.id));
    assert.deepEqual([...started].filter(id => !known.has(id)), [], 'acknowledged runs that are gone');
    assert.deepEqual(runs.filter(one => one.status !== 'completed').map(one => [one.source, one.status, one.created_at]), [], 'all have ended');
    assert.deepEqual(runs.map(one => one.run_number).sort((a, b) => a - b), runs.map((one, i) => i + 1));
    const times = runs.filter(one => one.source === 'schedule').map(one => Date.parse(one.created_at)), one = new Set(times);
    assert.equal(one.size, times.length, 'a minute has one run');
    assert.deepEqual([...minutes].filter(at => !one.has(at)), [], 'minutes without a run');
    assert.ok(times.length <= minutes.size + ROUNDS, 'runs of minutes that did not come');
    const told = () => receiver.messages.map(message => message.body.data.id);
    for (const end = Date.now() + WAIT_MS; new Set(told()).size < runs.length && Date.now() < end;)
        await sleep(10);
    assert.deepEqual([...new Set(told())].sort(), [...known].sort(), 'the end of each is told');
    const events = new Set(receiver.messages.map(message => message.headers['webhook-id']));
    assert.equal(events.size, runs.length, 'each has ended once');
    return { runs: runs.length, repeated: told().length - runs.length };
}

export default async function killed({ program, slow }) {
    const dir = mkdtempSync(join(tmpdir(), 'runs-kill-'));
    const flags = ['--db', join(dir, 'mock.db'), '--log', 'off', '--schedules', 'run'];
    const all = { receiver: await new Receiver().open(), started: new Set(), minutes: new Set() };
    let agent, mock;
    try {
        for (let round = 0; round < ROUNDS; round++) {
            mock = await startMock(program, { flags });
            await freeze(mock, round);
            agent ??= await begin(mock, all.receiver);
            const working = Promise.all([pass(mock, all.minutes), ...Array.from({ length: 3 }, () => start(mock, agent, all.started))]);
            await sleep(50 + Math.random() * (slow ? 1000 : 300));
            await mock.kill();
            await working;
        }
        mock = await startMock(program, { flags });
        const { runs, repeated } = await check(mock, agent, all);
        await mock.stop();
        assert.ok(all.started.size > 10 && all.minutes.size > 3, 'there was something to lose');
        assert.ok(repeated <= ROUNDS * 4, `${repeated} were told again`); // one subscription has four calls at once
        console.log(`${ROUNDS} kills among ${runs} runs, ${all.minutes.size} of them of a schedule; ${repeated} ends were told again`);
    } finally {
        await mock?.kill();
        await all.receiver.close();
        rmSync(dir, { recursive: true, force: true });
    }
}
