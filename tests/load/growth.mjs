// What a request costs as the number of connections grows from a thousand to a million: one client, one request after
// another, each answered from rows that nobody asked for just before.

import { newConnection } from './cases.mjs';
import { connectionId, writeFixtures } from './fixtures.mjs';
import { ask, check, startServer, withServer } from './servers.mjs';
import { median } from './wrk.mjs';

const SMALL = 1000, LARGE = 1_000_000;
const PART = 100_000;               // rows of one file of fixtures
const ROUNDS = 200;
const STRIDE = 7919;

/** The flags that start a server with so many connections. */
function filled(env, rows) {
    const files = [];
    for (let from = 0; from < rows; from += PART) {
        const path = `${env.scratch}/growth-${rows}-${from}.json`;
        writeFixtures(path, Math.min(PART, rows - from), from);
        files.push('--fixtures', path);
    }
    return ['--fixtures', 'default', ...files, '--db', `${env.scratch}/growth-${rows}.db`];     // too much for one in memory
}

async function timed(took, name, url, options) {
    const began = performance.now();
    const answer = await ask(url, options);
    (took[name] ??= []).push((performance.now() - began) * 1000);
    return answer.json;
}

/** One of each; the lists come right after writes, so that none is an answer that was kept. */
async function round(server, rows, i, took) {
    const list = `${server.url}/v1/connections`;
    await timed(took, 'get', `${list}/${connectionId(i * STRIDE % rows)}`);
    const { id } = await timed(took, 'create', list, { method: 'POST', body: newConnection(`growth ${i}`), want: 201 });
    const { total } = await timed(took, 'first page', `${list}?limit=100`);
    await timed(took, 'delete', `${list}/${id}`, { method: 'DELETE' });
    const deep = await timed(took, 'page at 90 %', `${list}?limit=100&offset=${Math.floor(rows * 0.9)}`);
    check(total >= rows && deep.total === total - 1 && deep.connections.length === 100, `${deep.total} of ${rows}`);
}

/** Medians of the latency in microseconds: [{ name, small_us, large_us, ratio }]. Both servers are asked in turn. */
export function growth(env) {
    return withServer(startServer(env, filled(env, SMALL)), small =>
        withServer(startServer(env, filled(env, LARGE)), async large => {
            const warm = {}, few = {}, many = {};
            for (let i = 0; i < ROUNDS / 10; i++) {
                await round(small, SMALL, i, warm);
                await round(large, LARGE, i, warm);
            }
            for (let i = 0; i < ROUNDS; i++) {
                await round(small, SMALL, i, few);
                await round(large, LARGE, i, many);
            }
            return Object.keys(few).map(name => {
                const small_us = median(few[name]), large_us = median(many[name]);
                return { name, small_us, large_us, ratio: large_us / small_us };
            });
        }));
}
