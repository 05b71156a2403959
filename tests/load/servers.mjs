// Starting duvo-mock and its yardstick, asking them one question, checking that the answer is right.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { launch, stop, waitFor } from './process.mjs';

export const KEY = 'dv_test_owner';
const READY_SECONDS = 180;          // a hundred thousand fixtures on a slow machine
const READY = /^duvo-mock ready url=(https?:\/\/\S+) key=\S+$/m;

let counter = 0;

/** Starts the server under test on a free port, its log in a file. The child has its `url`. */
export async function startServer(env, flags) {
    const name = `${env.scratch}/server-${++counter}`;
    const argv = [env.server, '--port', '0', '--port-file', `${name}.port`, ...flags];
    const child = launch(argv, { log: `${name}.log` });
    const ready = () => existsSync(`${name}.port`) && READY.exec(readFileSync(child.log, 'utf8'));
    child.url = (await waitFor(child, 'duvo-mock', READY_SECONDS, ready))[1];
    const port = readFileSync(`${name}.port`, 'utf8');
    if (port !== `${new URL(child.url).port}\n`)
        throw new Error(`--port-file says ${JSON.stringify(port)}, the ready line ${child.url}`);
    return child;
}

/** Starts the yardstick with the same number of threads, answering these bytes with this status. */
export async function startBare(env, { status, bytes }, threads, flags = []) {
    const name = `${env.scratch}/bare-${++counter}`;
    writeFileSync(`${name}.body`, bytes);
    const child = launch([`${env.tools}/bare`, '--body', `${name}.body`, '--status', String(status),
        '--threads', String(threads), ...env.bareFlags, ...flags], { log: `${name}.log` });
    const ready = () => /^bare ready url=(\S+)$/m.exec(readFileSync(child.log, 'utf8'));
    child.url = (await waitFor(child, 'bare', 10, ready))[1];
    return child;
}

/** Runs body with a server and ends the server whatever happens. An exit code but 0 is an error too. */
export async function withServer(start, body) {
    const child = await start;
    let result;
    try {
        result = await body(child);
    } finally {
        child.code = await stop(child);
    }
    if (child.code !== 0)
        throw new Error(`${child.title}: exit code ${child.code} after SIGTERM, see its log`);
    return result;
}

/** One request. Returns {status, bytes, json, type}; throws when the status is another one than wanted. */
export async function ask(url, { method = 'GET', body = undefined, want = 200 } = {}) {
    const headers = { authorization: `Bearer ${KEY}`, ...body && { 'content-type': 'application/json' } };
    const reply = await fetch(url, { method, headers, body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(30000) });
    const bytes = Buffer.from(await reply.arrayBuffer());
    if (reply.status !== want)
        throw new Error(`${method} ${url}: ${reply.status} ${bytes.toString().slice(0, 200)}`);
    return { status: reply.status, bytes, json: JSON.parse(bytes), type: reply.headers.get('content-type') };
}

export function check(good, message) {
    if (!good)
        throw new Error(`wrong answer: ${message}`);
}
