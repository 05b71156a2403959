// A long run of mixed load, in which nothing may grow: memory, descriptors, threads, files.
// Usage: node tests/load/soak.mjs SERVER [SECONDS]
// Samples the server every few seconds, prints the medians of the first and the last quarter (the first begins after a
// time in which the server warms up), and from 1800 s on fails when one has grown past its bound. A wrong reply always fails.

import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../e2e/lib/mock.mjs';
import { families, Visitor } from '../control/lib/families.mjs';
import { Caller, clocks, fixtures, resets, snapshots, spaces, twins, verifications } from '../control/load/traffic.mjs';

const program = resolve(process.argv[2]);
const seconds = Number(process.argv[3] ?? 3600);
const JUDGED_FROM = 1800;    // a server that has just started grows: in a shorter run only replies can be wrong
const SAMPLE_MS = Math.min(5000, seconds * 1000 / 60);
const WARM = Math.min(900, seconds / 3); // memory levels off after some minutes under load
const PAUSE_MS = 20;         // between the calls of a visitor: the machine has other things to do
const PART_MS = 20000;
const VISITS = 40;           // of a family before its space is reset, so that what it keeps is bounded
const JOURNAL = '1048576';     // of each space: full long before the first quarter begins
const MIB = 1024 * 1024;

// How far the last quarter's median may be above the first's: a part of it, and so much besides.
const BOUNDS = {
    'resident memory': { part: 0.1, more: 8 * MIB, show: n => `${(n / MIB).toFixed(1)} MiB` },
    'descriptors of files': { part: 0, more: 4, show: n => `${n}` },
    // The clients' pool has up to 64 of them, as many as are busy at once.
    'descriptors of sockets': { part: 0, more: 64, show: n => `${n}` },
    threads: { part: 0, more: 2, show: n => `${n}` },
    // The log beside the database grows to 48,000 pages before it begins anew (server/store/checkpoint.c).
    'database files': { part: 0.1, more: 200 * MIB, show: n => `${(n / MIB).toFixed(1)} MiB` },
};

function descriptors(pid) {
    const kinds = readdirSync(`/proc/${pid}/fd`).map(fd => {
        try {
            return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('socket:');
        } catch {
            return null; // it was closed meanwhile
        }
    });
    return { 'descriptors of files': kinds.filter(one => one === false).length, 'descriptors of sockets': kinds.filter(one => one).length };
}

function sample(pid, dir) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = name => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]);
    return {
        'resident memory': field('VmRSS') * 1024,
        ...descriptors(pid),
        threads: field('Threads'),
        'database files': readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0),
    };
}

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** One family after the other for as long as it lasts, in a space of its own. */
async function visits(visitor, goesOn) {
    for (let round = 1; goesOn(); round++) {
        for (const family of Object.values(families))
            if (goesOn()) {
                await family(visitor);
                await sleep(PAUSE_MS);
            }
        if (round % VISITS === 0)
            await visitor.must(200, 'POST', '/_mock/reset', { json: {} });
    }
}

/** Connections that end in the middle of something, and streams that are left. */
async function quitters(origin, goesOn, count) {
    const { port, hostname } = new URL(origin);
    const head = `Host: localhost\r\nAuthorization: Bearer dv_test_owner\r\nX-Mock-Space: quitters\r\n`;
    const beginnings = ['GET /v1/pro', `GET /v1/profile HTTP/1.1\r\n${head}`, `GET /v1/profile HTTP/1.1\r\n${head}\r\n`.repeat(5),
        `POST /v1/connections HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\n{"name":`,
        `GET /_mock/mcp/sse HTTP/1.1\r\n${head}Accept: text/event-stream\r\n\r\n`, 'POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n'];
    for (let i = 0; goesOn(); i++) {
        const socket = connect(port, hostname).on('error', () => {}).on('data', () => {});
        socket.write(beginnings[i % beginnings.length]);
        await sleep(PAUSE_MS * 5);
        socket.destroy();
        count.n++;
    }
}

/** A caller of traffic.mjs that takes its time. */
class Slow extends Caller {
    async call(...args) {
        await sleep(PAUSE_MS);
        return super.call(...args);
    }
}

function load(origin, goesOn, until) {
    const visitors = ['visitors-1', 'visitors-2', 'visitors-3'].map(space => new Visitor(origin, { space }));
    const [reset, snapshot, loaded, verify, clock, brief, one, two] =
        ['reset', 'snapshot', 'fixtures', 'verify', 'clock', 'default', 'one', 'two'].map(space => new Slow(origin, space, until));
    const left = { n: 0 };
    const work = Promise.all([...visitors.map(one => visits(one, goesOn)), quitters(origin, goesOn, left), resets(reset), snapshots(snapshot),
        fixtures(loaded), inParts(verify, verifications, one => one.call('DELETE', '/_mock/requests')),
        inParts(clock, clocks, one => one.call('POST', '/_mock/reset', {})), twins([one, two]), spaces(brief, 'brief')]);
    const calls = () => [...visitors, reset, snapshot, loaded, verify, clock, brief, one, two].reduce((sum, caller) => sum + caller.calls, left.n);
    return { work, calls };
}

/** In parts, after each of which `tidy` drops what they have left: rows, entries of the journal. */
async function inParts(caller, work, tidy) {
    while (caller.goesOn) {
        const end = performance.now() + PART_MS, { until } = caller;
        const part = new Slow(caller.origin, caller.space, () => Math.min(end, until()));
        await work(part);
        caller.calls += part.calls;
        await tidy(caller);
    }
}

/** True when it is within its bound. */
function judge(name, { part, more, show }, samples) {
    const values = samples.map(one => one[name]), quarter = Math.ceil(values.length / 4);
    const first = median(values.slice(0, quarter)), last = median(values.slice(-quarter));
    const within = last <= first * (1 + part) + more;
    const tenth = Math.ceil(values.length / 10);
    const course = Array.from({ length: 10 }, (_, i) => values.slice(i * tenth, (i + 1) * tenth)).filter(part => part.length).map(part => show(median(part)));
    console.log(`${name}: first quarter ${show(first)}, last quarter ${show(last)}, most ${show(Math.max(...values))}${within ? '' : ': GROWS'}`);
    console.log(`    tenth by tenth: ${course.join(', ')}`);
    return within;
}

async function soak(mock, dir) {
    const end = performance.now() + seconds * 1000;
    const goesOn = () => performance.now() < end;
    const samples = [];
    const { work, calls } = load(mock.origin, goesOn, () => end);
    const sampling = (async () => {
        await sleep(WARM * 1000);
        for (; goesOn(); await sleep(SAMPLE_MS))
            samples.push(sample(mock.child.pid, dir));
    })();
    await Promise.race([Promise.all([work, sampling]), mock.ended.then(how => { throw new Error(`the server ended: ${how}\n${mock.log.slice(-2000)}`); })]);
    console.log(`${calls()} calls in ${seconds} s, ${samples.length} samples`);
    const grown = Object.entries(BOUNDS).filter(([name, bound]) => !judge(name, bound, samples));
    if (seconds < JUDGED_FROM)
        console.log(`too short to say whether anything grows: ${JUDGED_FROM} s are the least`);
    return seconds < JUDGED_FROM ? 0 : grown.length;
}

const dir = mkdtempSync(join(tmpdir(), 'soak-'));
const mock = await startMock(program, { flags: ['--db', join(dir, 'mock.db'), '--log', 'off', '--consent', 'auto',
    '--journal-bytes', JOURNAL] });
let failed = 1;
try {
    failed = await soak(mock, dir);
    await mock.stop();
} catch (error) {
    console.log(`FAILED: ${error.stack}`);
} finally {
    await mock.kill();
    rmSync(dir, { recursive: true, force: true });
}
console.log(`${failed ? 0 : 1} passed, ${failed ? 1 : 0} failed`);
process.exit(failed ? 1 : 0);
