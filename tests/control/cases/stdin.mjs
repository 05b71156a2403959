// With --exit-with-stdin no server outlives the process that started it, and a stop never waits for stdin.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from '../lib/http.mjs';

const FLAGS = ['serve', '--port', '0', '--exit-with-stdin', '--log', 'off'];
const JSON_HEADERS = { authorization: 'Bearer dv_test_owner', 'content-type': 'application/json' };

/** Both kinds of stdin that a parent makes: Node's is a socket, the shell's a pipe. */
const kinds = {
    socket: program => spawn(program, FLAGS, { stdio: ['pipe', 'pipe', 'inherit'] }),
    pipe: program => spawn('sh', ['-c', 'cat | "$0" "$@"', program, ...FLAGS], { stdio: ['pipe', 'pipe', 'inherit'] }),
};

async function ready(child) {
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
    return /url=(\S+)/.exec(line)[1];
}

/** How long it took a server to end as `how` asked, and how it ended. */
async function ended(child, how) {
    const began = performance.now();
    how(child);
    const [code, signal] = await once(child, 'exit');
    return { code, signal, ms: performance.now() - began };
}

function isAlive(pid) {
    try {
        return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
        return false;
    }
}

/** A process that starts the server, as a suite does, and is killed. */
async function killedParent(program, mark) {
    const script = `
        const child = require('node:child_process').spawn(process.argv[1], process.argv.slice(2), { stdio: ['pipe', 'pipe', 'inherit'] });
        child.stdout.once('data', () => console.log(child.pid));`;
    const parent = spawn(process.execPath, ['-e', script, program, ...FLAGS, '--port-file', mark],
        { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(parent.stdout.setEncoding('utf8'), 'data');
    const pid = Number(line);
    assert.ok(isAlive(pid), 'the server runs');
    parent.kill('SIGKILL');
    const began = performance.now();
    while (isAlive(pid) && performance.now() - began < 5000)
        await sleep(5);
    assert.ok(!isAlive(pid), 'the server outlived the process that started it');
    assert.throws(() => readFileSync(mark), { code: 'ENOENT' }, 'the port file is gone');
    return performance.now() - began;
}

/** What waits is answered, as at any other stop. */
async function waiting(program) {
    const child = kinds.socket(program);
    const origin = await ready(child);
    const verify = request(origin, 'POST', '/_mock/verify',
        { headers: JSON_HEADERS, body: JSON.stringify({ match: { path: '/never' }, within_ms: 60000 }) });
    await sleep(100);
    const end = await ended(child, one => one.stdin.end());
    assert.equal((await verify).status, 503);
    return end;
}

export default async function stdin({ program, slow }) {
    const ends = {};
    for (const [name, start] of Object.entries(kinds)) {
        const closed = start(program);
        await ready(closed);
        closed.stdin.write('x'.repeat(100000));
        ends[`${name} closed`] = await ended(closed, child => child.stdin.end());
    }
    const signalled = kinds.socket(program);
    await ready(signalled);
    ends['SIGTERM, stdin open'] = await ended(signalled, child => child.kill('SIGTERM'));
    const both = kinds.socket(program);
    await ready(both);
    ends['SIGTERM and stdin closed'] = await ended(both, child => { child.kill('SIGTERM'); child.stdin.end(); });
    ends['while a call waits'] = await waiting(program);
    const limit = slow ? 2000 : 500;
    for (const [name, { code, signal, ms }] of Object.entries(ends)) {
        assert.deepEqual([code, signal], [0, null], name);
        assert.ok(ms < limit, `${name}: the end took ${ms} ms`);
    }
    const dir = mkdtempSync(join(tmpdir(), 'stdin-'));
    const ms = await killedParent(program, join(dir, 'port'));
    rmSync(dir, { recursive: true });
    assert.ok(ms < limit, `parent killed: the end took ${ms} ms`);
    console.log(`the end took ${Object.entries(ends).map(([name, end]) => `${end.ms.toFixed(0)} ms (${name})`).join(', ')}, ${ms.toFixed(0)} ms (parent killed)`);
}
