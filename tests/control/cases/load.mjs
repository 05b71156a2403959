// Under load nobody sees half of a state, no space sees another, and a server that is stopped loses no acknowledged write.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../../e2e/lib/mock.mjs';
import { request } from '../lib/http.mjs';
import { Caller, clocks, fixtures, resets, snapshots, spaces, twins, verifications, writes } from '../load/traffic.mjs';

/** Everything at once. */
function traffic(origin, until, acknowledged) {
    const in_ = space => new Caller(origin, space, until);
    const callers = Object.fromEntries(['reset', 'snapshot', 'fixtures', 'verify', 'clock', 'default', 'writes', 'one', 'two']
        .map(space => [space, in_(space)]));
    const work = Promise.all([resets(callers.reset), snapshots(callers.snapshot), fixtures(callers.fixtures),
        verifications(callers.verify), clocks(callers.clock), twins([callers.one, callers.two]),
        spaces(callers.default, 'brief'), spaces(callers.default, 'brief'), writes(callers.writes, acknowledged)]);
    return { callers, work };
}

async function stoppedUnderLoad(mock) {
    const began = performance.now();
    mock.child.kill('SIGTERM');
    const how = await mock.ended;
    assert.deepEqual(how, [0, null], `how the server ended\n${mock.log.slice(-2000)}`);
    return performance.now() - began;
}

/** After a restart. */
async function allThere(program, db, acknowledged) {
    const mock = await startMock(program, { flags: ['--db', db, '--log', 'off'] });
    for (const id of acknowledged) {
        const { status } = await request(mock.origin, 'GET', `/v1/connections/${id}`,
            { headers: { authorization: 'Bearer dv_test_owner', 'x-mock-space': 'writes' } });
        assert.equal(status, 200, `an acknowledged write is gone: ${id} of ${acknowledged.length}`);
    }
    await mock.stop();
}

export default async function load({ program, seconds, slow }) {
    const dir = mkdtempSync(join(tmpdir(), 'load-'));
    const mock = await startMock(program, { flags: ['--db', join(dir, 'mock.db'), '--log', 'off'] });
    try {
        const until = () => Infinity;
        const acknowledged = [];
        const { callers, work } = traffic(mock.origin, until, acknowledged);
        await Promise.race([sleep(seconds * 1000), work, mock.ended.then(how => assert.fail(`the server ended: ${how}`))]);
        until.stopping = true;
        const ms = await stoppedUnderLoad(mock);
        await work;
        const calls = Object.entries(callers).map(([name, { calls: n }]) => `${n} ${name}`).join(', ');
        console.log(`calls: ${calls}; stopped in ${ms.toFixed(0)} ms`);
        for (const [name, { calls: n }] of Object.entries(callers))
            assert.ok(n > 10, `${n} calls of ${name}`);
        assert.ok(ms < (slow ? 5000 : 1000), `the end took ${ms} ms`);
        await allThere(program, join(dir, 'mock.db'), acknowledged);
    } finally {
        await mock.kill();
        rmSync(dir, { recursive: true, force: true });
    }
}
