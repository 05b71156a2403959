// On a disk that is full, and later has room again, writes are refused with 507 and reads go on; nothing acknowledged is lost.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMock } from '../../e2e/lib/mock.mjs';
import { Failed, families, Visitor } from '../lib/families.mjs';

const ROOM = 3 * 1024 * 1024, VISITS = 60;

/** No file of the server can be larger. */
function limit(mock, bytes) {
    const { status, stderr } = spawnSync('prlimit', ['--pid', `${mock.child.pid}`, `--fsize=${bytes}:unlimited`], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
}

async function visit(visitor) {
    for (const family of [families.connections, families.credentials, families.agents, families.schedules, families.nativeOauth])
        await family(visitor).catch(error => assert.ok(error instanceof Failed, error.stack));
}

/** In a full disk a transaction that was begun may be refused as a whole; nothing else is wrong. */
function checkStatuses(visitor) {
    const odd = [...visitor.statuses.keys()].filter(status => status === 0 || (status >= 500 && status !== 507));
    assert.deepEqual(odd, [], `statuses ${JSON.stringify([...visitor.statuses])}`);
}

async function allThere(mock, made) {
    const visitor = new Visitor(mock.origin);
    for (const id of made)
        await visitor.must(200, 'GET', `/v1/connections/${id}`);
}

export default async function fullDisk({ program }) {
    const dir = mkdtempSync(join(tmpdir(), 'full-')), flags = ['--db', join(dir, 'mock.db'), '--log', 'off', '--consent', 'auto'];
    let mock = await startMock(program, { flags });
    try {
        const visitor = new Visitor(mock.origin, { strict: false });
        limit(mock, ROOM);
        for (let i = 0; i < VISITS || !visitor.statuses.has(507); i++) {
            assert.ok(i < 20 * VISITS, 'the disk is full at last');
            await visit(visitor);
        }
        checkStatuses(visitor);
        const refused = visitor.statuses.get(507);
        await visitor.must(200, 'GET', '/v1/connections?limit=5');
        await visitor.must(200, 'GET', '/_mock/ready');
        await allThere(mock, visitor.made);
        limit(mock, 'unlimited');
        visitor.strict = true;
        await families.connections(visitor);
        await families.agents(visitor);
        console.log(`${visitor.calls} calls, ${refused} refused with 507, ${visitor.made.size} acknowledged connections`);
        await mock.kill();
        mock = await startMock(program, { flags });
        await allThere(mock, visitor.made);
        await mock.stop();
    } finally {
        await mock.kill();
        rmSync(dir, { recursive: true, force: true });
    }
}
