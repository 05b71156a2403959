// The cases of the control plane: what a space costs, how long a reset takes, and what the journal, and other
// hosts that do not answer, cost those who read meanwhile.

import { createServer } from 'node:net';
import { dataset, oneConnection } from './cases.mjs';
import { connectionId } from './fixtures.mjs';
import { memory, sleep } from './process.mjs';
import { KEY, ask, check, startServer, withServer } from './servers.mjs';
import { complaint, median, ratio, rounds } from './wrk.mjs';

const FEW_SPACES = 1000, MANY_SPACES = 10_000;
const ROWS = 1000, PAGE = 100;
const RESETS = 50, FULL_RESETS = 10;
const PROBES = 20;
const SETTLE_MS = 500;

const spread = ms => ({ median_ms: median(ms), min_ms: Math.min(...ms), max_ms: Math.max(...ms) });

/** How long it took, in milliseconds, of which most can be this client's own. */
async function time(body) {
    const began = performance.now();
    await body();
    return performance.now() - began;
}

/**
 * Does it so often, one after another, each after what prepares it and with a get behind it: what both took, in
 * milliseconds. What the client itself takes is in both.
 */
async function times(count, body, get, prepare = () => {}) {
    const took = [], got = [];
    for (let i = 0; i < count; i++) {
        await prepare(i);
        took.push(await time(() => body(i)));
        got.push(await time(get));
    }
    return { ...spread(took), get: spread(got) };
}

/** Makes spaces as test workers do, each by its first request, and reads the memory that they take. */
export function manySpaces(env) {
    return withServer(startServer(env, []), async server => {
        const path = `/v1/connections/${(await oneConnection(server)).id}`;
        const first = i => ask(`${server.url}/_mock/s/s-${i}${path}`);
        let count = 1;                                  // the default one
        const upTo = async most => {
            const made = await times(most - count, i => first(count + i), () => ask(server.url + path));
            count = most;
            await sleep(SETTLE_MS);
            const { total } = (await ask(`${server.url}/_mock/spaces`)).json;
            check(total === most, `${total} spaces`);
            return { spaces: total, made, memory: memory(server) };
        };
        return [await upTo(FEW_SPACES), await upTo(MANY_SPACES)];
    });
}

/** All of them, in pages. */
async function all(server) {
    const pages = [];
    for (let offset = 0; offset < ROWS; offset += PAGE)
        pages.push((await ask(`${server.url}/v1/connections?limit=${PAGE}&offset=${offset}`)).bytes);
    return Buffer.concat(pages);
}

/** Changes since the last reset: of two rows, one that goes and one that comes, or of all. */
const CHANGES = {
    async two(connections, i) {
        const { connections: [{ id }] } = (await ask(`${connections}?limit=1`)).json;
        await ask(`${connections}/${id}`, { method: 'DELETE' });
        await ask(connections, { method: 'POST', want: 201, body: { name: `bench ${i}`, provider: 'user', auth_method: 'url' } });
    },
    async all(connections, i) {
        for (let row = 0; row < ROWS; row++)
            await ask(`${connections}/${connectionId(row)}`, { method: 'PATCH', body: { name: `bench ${i}` } });
    },
};

/** Resets of a space of a thousand connections after such changes. */
function resetsOf(env, change, count, flags) {
    return withServer(startServer(env, [...dataset(env, ROWS), ...flags]), async server => {
        const connections = `${server.url}/v1/connections`, reset = `${server.url}/_mock/reset`;
        const before = await all(server);
        const took = await times(count, () => ask(reset, { method: 'POST' }), () => ask(`${connections}/${connectionId(0)}`),
            i => CHANGES[change](connections, i));
        check((await all(server)).equals(before), 'another list after the resets');
        return took;
    });
}

export async function resets(env) {
    const file = ['--db', `${env.scratch}/reset.db`];
    return { in_memory: await resetsOf(env, 'two', RESETS, []), in_file: await resetsOf(env, 'two', RESETS, file),
        all: await resetsOf(env, 'all', FULL_RESETS, []) };
}

/** The same GET to two servers in turn: the first as a part of the second. */
async function compare(env, name, one, other) {
    const target = async server => {
        const path = `/v1/connections/${(await oneConnection(server)).id}`;
        return { url: server.url + path, key: KEY, size: (await ask(server.url + path)).bytes.length };
    };
    const measured = await rounds({ one: await target(one), other: await target(other) }, env.rounds);
    for (const [who, m] of Object.entries(measured)) {
        if (m.errors || m.wrong)
            env.fail(`${name}, ${who}: ${complaint(m)}`);
    }
    return { ...measured, ratio: ratio(measured.one, measured.other).ratio };
}

/** With the journal, as by default, and without. */
export function journal(env) {
    return withServer(startServer(env, []), on =>
        withServer(startServer(env, ['--journal-bytes', '0']), off => compare(env, 'journal', on, off)));
}

/** A host that takes connections and says nothing. */
function silentHost() {
    return new Promise((resolve, reject) => {
        const sockets = new Set();
        const host = createServer(socket => {
            sockets.add(socket);
            socket.on('error', () => {}).on('close', () => sockets.delete(socket)).resume();
        }).on('error', reject);
        host.close_all = () => {
            host.close();
            sockets.forEach(socket => socket.destroy());
        };
        host.listen(0, '127.0.0.1', () => resolve(host));
    });
}

/** Keeps so many probes of it hanging until it is told to stop; each ends after the server's own patience. */
function keepProbing(server, host) {
    const going = { stop: false };
    const body = { server_url: `http://127.0.0.1:${host.address().port}/mcp` };
    const one = async () => {
        while (!going.stop)
            await ask(`${server.url}/v1/connections/mcp/probe`, { method: 'POST', body });
    };
    going.all = Promise.all(Array.from({ length: PROBES }, one));
    going.all.catch(() => {});
    return going;
}

/** Beside probes of a host that does not answer, and without. */
export function besideProbes(env) {
    return withServer(startServer(env, []), busy => withServer(startServer(env, []), async quiet => {
        const host = await silentHost(), probes = keepProbing(busy, host);
        try {
            await sleep(SETTLE_MS);
            const hanging = await new Promise((resolve, reject) =>
                host.getConnections((error, n) => error ? reject(error) : resolve(n)));
            check(hanging === PROBES, `${hanging} probes are hanging`);
            return await compare(env, 'probes', busy, quiet);
        } finally {
            probes.stop = true;
            host.close_all();
            await probes.all;
        }
    }));
}
