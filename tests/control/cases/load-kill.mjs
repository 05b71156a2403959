// A server that is killed while it writes loses nothing that it acknowledged, round after round, and its database is whole.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../../e2e/lib/mock.mjs';
import { request } from '../lib/http.mjs';

const WRITERS = 8, ROUNDS_MAX = 30, SECONDS = 10;
const HEADERS = { authorization: 'Bearer dv_test_owner', 'content-type': 'application/json' };

function call(mock, method, path, body) {
    return request(mock.origin, method, path, { headers: HEADERS, body: body && JSON.stringify(body) }).catch(() => ({ cut: true }));
}

/** Makes one, changes it, makes another and deletes that, until the server is gone. What came back is in `kept`: id -> name;
 *  a name that was asked for and not acknowledged may be either, and so may be what was to be deleted. */
async function write(mock, kept, gone) {
    const body = { name: 'Made', provider: 'user', auth_method: 'headers', headers: { secret: { A: 's' } } };
    for (;;) {
        const made = await call(mock, 'POST', '/v1/connections', body);
        if (made.cut)
            return;
        assert.equal(made.status, 201, made.text);
        const { id } = made.json();
        kept.set(id, 'Made');
        kept.set(id, null);
        kept.set(id, await changed(mock, id));
        const other = await call(mock, 'POST', '/v1/connections', body);
        if (!other.cut && (await call(mock, 'DELETE', `/v1/connections/${other.json().id}`)).status === 200)
            gone.push(other.json().id);
    }
}

async function changed(mock, id) {
    const reply = await call(mock, 'PATCH', `/v1/connections/${id}`, { name: 'Changed' });
    return reply.cut ? null : 'Changed';
}

async function check(mock, kept, gone) {
    for (const [id, name] of kept) {
        const reply = await call(mock, 'GET', `/v1/connections/${id}`);
        assert.equal(reply.status, 200, `an acknowledged write is gone: ${id}`);
        if (name)
            assert.equal(reply.json().name, name, `an acknowledged change is gone: ${id}`);
    }
    for (const id of gone)
        assert.equal((await call(mock, 'GET', `/v1/connections/${id}`)).status, 404, `what was deleted is back: ${id}`);
}

export default async function kill({ program, slow }) {
    const dir = mkdtempSync(join(tmpdir(), 'kill-')), file = join(dir, 'mock.db');
    const began = performance.now();
    let rounds = 0, acknowledged = 0, mock;
    try {
        for (let kept = new Map(), gone = []; rounds < ROUNDS_MAX && performance.now() - began < SECONDS * 1000; rounds++) {
            mock = await startMock(program, { flags: ['--db', file, '--log', 'off'] });
            await check(mock, kept, gone);
            kept = new Map();
            gone = [];
            const writers = Array.from({ length: WRITERS }, () => write(mock, kept, gone));
            await sleep(20 + Math.random() * (slow ? 800 : 250));
            await mock.kill();
            await Promise.all(writers);
            acknowledged += kept.size * 2 + gone.length;
            const { stdout } = spawnSync('sqlite3', [file, 'PRAGMA integrity_check; PRAGMA foreign_key_check'], { encoding: 'utf8' });
            assert.equal(stdout.trim(), 'ok', 'the database is whole');
        }
    } finally {
        await mock?.kill();
        rmSync(dir, { recursive: true, force: true });
    }
    console.log(`${rounds} kills, ${acknowledged} acknowledged writes`);
    assert.ok(rounds > 3 && acknowledged > 20, 'there was something to lose');
}
