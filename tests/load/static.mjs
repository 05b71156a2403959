// Measures the static program beside the dynamic one, in turns, in one run: size, memory, starts, processor time.
// Usage: node tests/load/static.mjs DYNAMIC STATIC START      START: the program made of start.c
//   ROUNDS=5, REQUESTS=4000 in the environment

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, memory, removeAtEnd, sleep, stop, waitFor } from './process.mjs';

const [dynamic, fixed, start] = process.argv.slice(2);
const ROUNDS = Number(process.env.ROUNDS ?? 5), REQUESTS = Number(process.env.REQUESTS ?? 4000), STARTS = 20, CLIENTS = 8;
const KEY = 'dv_test_owner';
const dir = mkdtempSync(join(tmpdir(), 'static-'));
removeAtEnd(dir);

const programs = { dynamic: join(dir, 'dynamic'), static: fixed };
execFileSync('strip', ['-o', programs.dynamic, dynamic]);

/** Microseconds from fork to the first line. */
function starts(how, prefix, ...args) {
    const out = execFileSync(start, [...how, STARTS, prefix, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
    return Math.min(...out.toString().trim().split('\n').map(line => Number(line.split(' ')[0])));
}

/** Nanoseconds of processor time, all threads together. */
function spent(pid) {
    const task = id => Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]);
    return readdirSync(`/proc/${pid}/task`).reduce((sum, id) => sum + task(id), 0);
}

function ask(agent, port, { path, body }) {
    return new Promise((resolve, reject) => {
        const rq = request({ agent, port, host: '127.0.0.1', path, method: body ? 'POST' : 'GET',
            headers: { authorization: `Bearer ${KEY}`, ...body && { 'content-type': 'application/json' } } }, rs => {
            const chunks = [];
            rs.on('data', chunk => chunks.push(chunk));
            rs.on('end', () => rs.statusCode < 300 ? resolve(Buffer.concat(chunks).toString())
                : reject(new Error(`${path}: ${rs.statusCode}`)));
        });
        rq.on('error', reject);
        rq.end(body && JSON.stringify(body));
    });
}

/** Microseconds of processor time for one such request. */
async function cost(server, port, what) {
    const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
    let left = REQUESTS;
    const client = async () => {
        while (left-- > 0)
            await ask(agent, port, what);
    };
    const before = spent(server.pid);
    await Promise.all(Array.from({ length: CLIENTS }, client));
    agent.destroy();
    return (spent(server.pid) - before) / 1000 / REQUESTS;
}

async function measure(program) {
    const figures = {
        'start of the process (us)': starts(['once'], 'duvo-mock ', program, 'version'),
        'fork to ready line (us)': starts([], 'duvo-mock ready ', program, 'serve', '--port', '0', '--log', 'off'),
    };
    const portFile = join(dir, `port-${Math.random()}`);
    const server = launch([program, 'serve', '--port', '0', '--port-file', portFile, '--log', 'off'], { log: join(dir, 'log') });
    const port = await waitFor(server, program, 20, () => {
        try { return Number(readFileSync(portFile, 'utf8').split('\n')[0]); } catch { return 0; }
    });
    await sleep(500);
    figures['resident, idle (KiB)'] = memory(server).rss_kib;
    const { connections: [{ id }] } = JSON.parse(await ask(undefined, port, { path: '/v1/connections?limit=1' }));
    figures['processor time of a get (us)'] = await cost(server, port, { path: `/v1/connections/${id}` });
    figures['processor time of a list of 10 (us)'] = await cost(server, port, { path: '/v1/connections?limit=10' });
    figures['processor time of a create (us)'] = await cost(server, port, { path: '/v1/connections',
        body: { name: 'Bench', provider: 'user', auth_method: 'url', server_url: 'https://mcp.example.com/mcp' } });
    figures['resident after that (KiB)'] = memory(server).rss_kib;
    await stop(server);
    return figures;
}

const best = {};
for (let round = 0; round < ROUNDS; round++)
    for (const [name, program] of Object.entries(programs))
        for (const [figure, value] of Object.entries(await measure(program)))
            best[figure] = { ...best[figure], [name]: Math.min(value, best[figure]?.[name] ?? Infinity) };
best['size, stripped (bytes)'] = { dynamic: statSync(programs.dynamic).size, static: statSync(fixed).size };

console.log(`the best of ${ROUNDS} rounds in turns\n`);
console.log(`| | dynamic | static | ratio |\n|---|---|---|---|`);
for (const [figure, { dynamic: before, static: now }] of Object.entries(best))
    console.log(`| ${figure} | ${before.toFixed(0)} | ${now.toFixed(0)} | ${(now / before).toFixed(2)} |`);
