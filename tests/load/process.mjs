// Processes that the benchmark starts. Every one of them is known here, so that none outlives it: not at a
// normal end, not on an error, not on Ctrl-C, and (by the parent-death signal that setpriv asks for) not on
// a kill -9 of ourselves.

import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus } from 'node:os';
import { basename } from 'node:path';

const running = new Set();
const leftovers = [];

/** Removes this file or folder when the benchmark ends, however it ends. */
export function removeAtEnd(path) {
    leftovers.push(path);
}

export const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

function killGroup(child, signal) {
    try {
        process.kill(-child.pid, signal);
    } catch {
        // it is gone already
    }
}

process.on('exit', () => {
    for (const child of running)
        killGroup(child, 'SIGKILL');
    for (const path of leftovers)
        rmSync(path, { recursive: true, force: true });
});
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]])
    process.on(signal, () => process.exit(code));

/**
 * Starts argv in a process group of its own, its output going to a file.
 * env is added to ours. Returns the child; its `ended` is a promise of its exit code.
 */
export function launch(argv, { log, env = {}, cwd = undefined }) {
    const out = openSync(log, 'w');
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...argv],
        { stdio: ['ignore', out, out], detached: true, env: { ...process.env, ...env }, cwd });
    closeSync(out);
    running.add(child);
    child.log = log;
    child.title = basename(argv[0]);
    child.ended = new Promise(resolve => {
        child.on('error', () => resolve(127));
        child.on('exit', code => resolve(code ?? 128));
    }).then(code => {
        running.delete(child);
        child.over = true;
        return code;
    });
    return child;
}

/** Stops a child: SIGTERM, and SIGKILL after five seconds. Returns its exit code. */
export async function stop(child) {
    if (!child)
        return 0;
    const timer = setTimeout(() => killGroup(child, 'SIGKILL'), 5000);
    killGroup(child, 'SIGTERM');
    const code = await child.ended;
    clearTimeout(timer);
    return code;
}

/**
 * Runs argv to its end and returns its standard output; standard error goes to the file `log`, or to ours.
 * Throws on a bad exit code, or when it had to be killed after the given time.
 */
export function run(argv, { seconds, log = undefined }) {
    return new Promise((resolve, reject) => {
        const err = log ? openSync(log, 'w') : 'inherit';
        const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...argv],
            { stdio: ['ignore', 'pipe', err], detached: true });
        const chunks = [];
        const timer = setTimeout(() => killGroup(child, 'SIGKILL'), seconds * 1000);
        if (log)
            closeSync(err);
        running.add(child);
        child.stdout.on('data', chunk => chunks.push(chunk));
        child.on('error', reject);
        child.on('close', code => {
            clearTimeout(timer);
            running.delete(child);
            if (code === 0)
                resolve(Buffer.concat(chunks).toString());
            else
                reject(new Error(`${argv[0]} ended with ${code ?? 'a signal'}${log ? lastLine(log) : ''}`));
        });
    });
}

/** Waits until look() gives something true; throws when the child ends first or the time is over. */
export async function waitFor(child, what, seconds, look) {
    const end = Date.now() + seconds * 1000;
    while (Date.now() < end) {
        const found = await look();
        if (found)
            return found;
        if (child.over)
            throw new Error(`${what}: it ended at once${lastLine(child.log)}`);
        await sleep(20);
    }
    throw new Error(`${what}: not ready after ${seconds} s${lastLine(child.log)}`);
}

function lastLine(path) {
    const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [''];
    const last = lines.at(-1).slice(0, 200);
    return last && `: ${last}`;
}

/** A port of 127.0.0.1 that was free a moment ago, for programs that cannot choose one themselves. */
export function freePort() {
    return new Promise((resolve, reject) => {
        const server = createServer().on('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

/** Resident memory of a process in KiB: now, and the most it ever had. */
export function memory(child) {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    const field = name => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)[1]);
    return { rss_kib: field('VmRSS'), max_kib: field('VmHWM') };
}

/**
 * How many threads of a process serve HTTP: libmicrohttpd names them, each a moment after its start. As many
 * as the machine has processors when none has such a name.
 */
export async function httpThreads(child) {
    await sleep(100);
    const tasks = readdirSync(`/proc/${child.pid}/task`);
    const name = task => readFileSync(`/proc/${child.pid}/task/${task}/comm`, 'utf8').trim();
    const serving = tasks.map(name).filter(comm => comm === 'MHD-worker' || comm === 'MHD-single');
    return serving.length || cpus().length;
}
