// What a space goes back to goes on by itself where somebody hears of it: runs of a snapshot, and schedules that settings of
// the command line start, in memory and in a file.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withMock } from '../lib/receiver.mjs';

const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002', AGENT = '6f1d2c3b-5555-4aaa-8bbb-000000000001';
const SCHEDULED = '6f1d2c3b-5555-4aaa-8bbb-000000000002';
const ROUNDS = 5;

const subscribe = (mock, receiver, event) => mock.must(201, 'POST', '/_mock/webhooks', { url: receiver.url, events: [event] });

/** A run that was under way then, and is over by now, is under way again: it ends again, and nobody has to look. */
async function runs(mock, receiver) {
    await subscribe(mock, receiver, 'run.completed');
    await mock.must(201, 'POST', `/v2/teams/${TEAM}/runs`, { agent_id: AGENT });
    await mock.must(200, 'PUT', '/_mock/snapshots/under-way');
    await receiver.has(1);
    for (let i = 0; i < ROUNDS; i++) {
        await (i % 2 ? mock.must(200, 'POST', '/_mock/snapshots/under-way/restore')
            : mock.must(200, 'POST', '/_mock/reset', { to: 'under-way' }));
        await receiver.has(2 + i);
    }
}

/** They were off; what the command line says of them holds again. */
async function schedules(mock, receiver) {
    await mock.must(200, 'PATCH', '/_mock/settings', { schedules: 'off' });
    await subscribe(mock, receiver, 'run.started');
    await mock.must(200, 'POST', `/v2/agents/${SCHEDULED}/schedules`,
        { enabled: true, frequency: 'custom', timezone: 'UTC', cron: '* * * * *' });
    await mock.must(200, 'PUT', '/_mock/clock', { action: 'set', at: '2031-05-01T12:00:58.500Z' });
    await mock.must(200, 'POST', '/_mock/reset', { only: ['settings'] });
    await receiver.has(1);
}

/** A subscription that comes with fixtures hears of a run that is under way already. */
async function fixtures(mock, receiver) {
    await mock.must(201, 'POST', `/v2/teams/${TEAM}/runs`, { agent_id: AGENT });
    await mock.must(201, 'POST', '/_mock/fixtures', {
        webhooks: [{ id: '6f1d2c3b-9999-4aaa-8bbb-000000000001', url: receiver.url, events: ['run.completed'] }],
    });
    await receiver.has(1);
}

/** In a space that is made of what another one has been, too. */
async function made(mock, receiver) {
    await subscribe(mock, receiver, 'run.completed');
    await mock.must(201, 'POST', `/v2/teams/${TEAM}/runs`, { agent_id: AGENT });
    await mock.must(201, 'POST', '/_mock/spaces', { fixtures: await mock.must(200, 'GET', '/_mock/fixtures') });
    await receiver.has(2);
}

export default async function wakeUps({ program }) {
    const dir = mkdtempSync(join(tmpdir(), 'wake-ups-'));
    const stores = [[], ['--db', join(dir, 'state.db')]];
    try {
        for (const store of stores) {
            await withMock(program, [...store, '--run-pending-ms', '50', '--run-running-ms', '100'], runs);
            for (const part of [fixtures, made])
                await withMock(program, [...store, '--run-pending-ms', '50', '--run-running-ms', '500'], part);
            await withMock(program, [...store, '--schedules', 'run', '--run-pending-ms', '0'], schedules);
        }
    } finally {
        rmSync(dir, { recursive: true, force: true });
    }
}
