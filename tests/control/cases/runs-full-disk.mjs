// On a disk that is full, a run that somebody hears of does not move: it is tried again now and then, and moves when there is room.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../../e2e/lib/mock.mjs';
import { Receiver } from '../lib/receiver.mjs';

const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002', AGENT = '6f1d2c3b-5555-4aaa-8bbb-000000000002';
const FULL_MS = 3000, TRIES_MAX = 8; // one a second, and one whenever something is announced

/** No file of the server can be larger. */
function limit(mock, bytes) {
    const { status, stderr } = spawnSync('prlimit', ['--pid', `${mock.child.pid}`, `--fsize=${bytes}:unlimited`], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
}

export default async function fullDisk({ program }) {
    const dir = mkdtempSync(join(tmpdir(), 'runs-full-')), receiver = await new Receiver().open();
    const mock = await startMock(program, { flags: ['--db', join(dir, 'mock.db'), '--run-pending-ms', '200'] });
    try {
        await mock.must(201, 'POST', '/_mock/webhooks', { url: receiver.url, events: ['run.completed'] });
        await mock.must(201, 'POST', '/_mock/runs/next', { steps: [{ delay_ms: 200, status: 'running' }, { status: 'completed' }] });
        const { run } = await mock.must(201, 'POST', `/v2/teams/${TEAM}/runs`, { agent_id: AGENT });
        limit(mock, 1);
        await sleep(FULL_MS);
        const tries = mock.log.split('a run did not move').length - 1;
        assert.ok(tries >= 1 && tries <= TRIES_MAX, `${tries} tries in ${FULL_MS} ms`);
        assert.equal(receiver.messages.length, 0);
        limit(mock, 'unlimited');
        const [message] = await receiver.has(1);
        assert.equal(message.body.data.id, run.id);
        await mock.stop();
        console.log(`${tries} tries on a full disk, and one where there is room`);
    } finally {
        await mock.kill();
        await receiver.close();
        rmSync(dir, { recursive: true, force: true });
    }
}
