// Counts the instructions that a request costs, ours beside bare with the same bytes: a busy machine does not change
// them. Both programs run under valgrind's callgrind, which counts all of a process outside the kernel.
// bench.sh prepares what it needs and calls it: SERVER TOOLS SCRATCH [CASE...], each the beginning of a case's name.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { basename, dirname } from 'node:path';
import { RUNNER, TEAM, connectionId, writeFixtures, writeRuns } from './fixtures.mjs';
import { launch, waitFor } from './process.mjs';
import { KEY, withServer } from './servers.mjs';

const ROWS = 2000;
const RUNS = 1000;
const READY_SECONDS = 600;
const WARM = 40;            // requests before the count: statements are prepared then, and buffers have grown

const [server, tools, scratch, ...only] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const one = i => `/v2/connections/${connectionId(i)}`;
const page = i => `/v2/teams/${TEAM}/connections?limit=100&offset=${i}`;
const runs = i => `/v2/teams/${TEAM}/runs?limit=100&offset=${i}`;
const added = i => ({ name: `Counted ${1000 + i}`, provider: 'user', auth_method: 'url',
    server_url: 'https://mcp.example.com/mcp' });

// Each start lets the run before it run and complete.
const AT_ONCE = { method: 'PATCH', path: '/_mock/settings', body: { run_pending_ms: 0, run_running_ms: 0 } };

// MHD clears the memory of a connection for every request, and callgrind counts each byte of that as an instruction:
// 53,000 of ours and 49,000 of bare's, which has the smaller memory, in no more time than a few hundred others take.
// So it is with the copy that the journal has of a body of up to 64 KiB: 60,000 of a page of 100 runs, and none of a page
// of 100 connections, which is larger.

// All that is read then, and a write, after which no reply of before it is given again.
const READ_THEN_CHANGED = [...Array.from({ length: WARM + 400 }, (_, i) => ({ path: one(i) })),
    { method: 'PATCH', path: one(ROWS - 1), body: { name: 'Changed' } }];

/** `before`: requests that are not counted. `most` is how many times bare's instructions are wanted at most, or those of the case that `beside` names; `of` gives
 * the i-th request. */
const CASES = [
    { name: 'get, each another', most: 1.5, n: 400, of: i => ({ path: one(i) }) },
    { name: 'get, each read before', most: 1.5, n: 400, of: i => ({ path: one(i) }), before: READ_THEN_CHANGED },
    { name: 'get, the same again', most: 1.2, n: 400, of: () => ({ path: one(7) }) },
    { name: 'page of 100, each another', most: 4, n: 100, of: i => ({ path: page(3 * i) }) },
    { name: 'page of 100, the same again', most: 1.2, n: 100, of: () => ({ path: page(0) }) },
    { name: 'create', most: 2.5, n: 400, of: i => ({ method: 'POST', path: `/v2/teams/${TEAM}/connections`,
        body: added(i), status: 201 }) },
    { name: 'patch, each another', most: 2.5, n: 400, of: i => ({ method: 'PATCH', path: one(i),
        body: { name: `Patched ${1000 + i}` } }) },
    { name: 'delete, each another', most: 2.5, n: 400, of: i => ({ method: 'DELETE', path: one(ROWS - 1 - i) }) },
    { name: 'page of 100 runs, each another', beside: 'page of 100, each another', most: 1.1, n: 100, of: i => ({ path: runs(3 * i) }) },
    { name: 'start of a run', beside: 'create', most: 1.5, n: 400, of: () => ({ method: 'POST', path: `/v2/teams/${TEAM}/runs`,
        body: { agent_id: RUNNER }, status: 201 }) },
    { name: 'start and course of a run', beside: 'create', most: 3, n: 400, before: [AT_ONCE],
        of: () => ({ method: 'POST', path: `/v2/teams/${TEAM}/runs`, body: { agent_id: RUNNER }, status: 201 }) },
];

/** One request over the one connection that is kept; resolves to the body's bytes. */
function send(url, { method = 'GET', path, body = undefined, status = 200 }) {
    const text = body && JSON.stringify(body);
    const headers = { authorization: `Bearer ${KEY}`,
        ...text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } };
    return new Promise((resolve, reject) => {
        request(url + path, { method, agent, headers }, reply => {
            const chunks = [];
            reply.on('data', chunk => chunks.push(chunk));
            reply.on('end', () => {
                const bytes = Buffer.concat(chunks);
                if (reply.statusCode === status)
                    resolve(bytes);
                else
                    reject(new Error(`${method} ${path}: ${reply.statusCode} ${bytes.toString().slice(0, 200)}`));
            });
        }).on('error', reject).end(text);
    });
}

let started = 0;

/** Starts a program under callgrind; its ready line ends with its address. */
async function start(argv) {
    const name = `${scratch}/work-${++started}`;
    const child = launch(['valgrind', '--tool=callgrind', `--callgrind-out-file=${name}.out`, '--', ...argv],
        { log: `${name}.log` });
    const ready = () => /^\S+ ready url=(\S+)/m.exec(readFileSync(child.log, 'utf8'));
    child.url = (await waitFor(child, basename(argv[0]), READY_SECONDS, ready))[1];
    child.counts = `${name}.out`;
    return child;
}

const control = (child, flag) => execFileSync('callgrind_control', [flag, String(child.pid)], { stdio: 'pipe' });

/** The instructions between the last two dumps of a program. */
function counted({ counts }) {
    const number = file => Number(file.split('.').at(-1));
    const dumps = readdirSync(dirname(counts)).filter(file => file.startsWith(`${basename(counts)}.`));
    const last = dumps.toSorted((a, b) => number(a) - number(b)).at(-1);
    return Number(/^(?:summary|totals): (\d+)/m.exec(readFileSync(`${dirname(counts)}/${last}`, 'utf8'))[1]);
}

/** What one request costs, the mean of n; the first one's answer besides. */
async function count(child, { n, of, before = [] }) {
    for (const request of before)
        await send(child.url, request);
    const answer = await send(child.url, of(0));
    for (let i = 1; i < WARM; i++)
        await send(child.url, of(i));
    control(child, '-d');
    for (let i = WARM; i < WARM + n; i++)
        await send(child.url, of(i));
    control(child, '-d');
    return { each: counted(child) / n, answer };
}

/** Bare gives the same bytes to the same requests. */
function countBare(c, answer) {
    const body = `${scratch}/work.body`;
    writeFileSync(body, answer);
    const argv = [`${tools}/bare`, '--threads', '2', '--status', String(c.of(0).status ?? 200), '--body', body];
    return withServer(start(argv), bare => count(bare, c));
}

/** From the beginning of the process to its ready line, in memory with the built-in fixtures. */
function countStart() {
    return withServer(start([server, '--port', '0', '--log', 'off']), child => {
        control(child, '-d');
        return counted(child);
    });
}

const thousands = n => `${Math.round(n / 1000).toLocaleString('en-US')} k`;
const row = (...cells) => console.log('  ' + cells.map((c, i) => i ? c.padStart(9) : c.padEnd(28)).join('  '));

if (!only.length || only.includes('start')) {
    console.log(`  instructions of a start: ${thousands(await countStart())}\n`);
    if (only.length === 1)
        process.exit(0);
}
const rows = `${scratch}/rows.json`, runRows = `${scratch}/runs.json`;
writeFixtures(rows, ROWS);
writeRuns(runRows, RUNS);
const argv = [server, '--port', '0', '--fixtures', 'default', '--fixtures', rows, '--fixtures', runRows];
await withServer(start(argv), async ours => {
    const counts = new Map();
    const ourCount = async c => counts.get(c.name) ?? counts.set(c.name, await count(ours, c)).get(c.name);
    const yardstick = async c => c.beside ? ourCount(CASES.find(({ name }) => name === c.beside))
        : countBare(c, (await ourCount(c)).answer);
    await send(ours.url, { method: 'PUT', path: '/_mock/clock', body: { action: 'freeze' } }); // no run goes on
    row('instructions a request', 'ours', 'beside', 'times', 'at most');
    for (const c of CASES.filter(({ name }) => !only.length || only.some(part => name.startsWith(part)))) {
        const { each } = await ourCount(c), other = await yardstick(c);
        row(c.name, thousands(each), thousands(other.each), (each / other.each).toFixed(2), c.most.toFixed(1));
    }
});
process.exit(0);
