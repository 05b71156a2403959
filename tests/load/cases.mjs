// The cases: what each asks of the server, how its answers are checked, what it is measured against.

import { connectionId, connectionName, writeFixtures } from './fixtures.mjs';
import { httpThreads, memory, run, sleep } from './process.mjs';
import { KEY, ask, check, startBare, startServer, withServer } from './servers.mjs';
import { CONNECTIONS, complaint, load, median, ratio, rounds } from './wrk.mjs';

const MILLION = 1_000_000;
const TOP_UP_RUNS = 60;
const STARTS = 30;
const IDLE_MS = 1000;
const LONG = 100_000;

export const target = (url, answer) => ({ url, key: KEY, size: answer.bytes.length });
export const ONE = '/v1/connections/%08x-bbbb-4ccc-8ddd-%012x';
export const newConnection = name =>
    ({ name, provider: 'user', auth_method: 'url', server_url: 'https://mcp.example.com/mcp' });

/**
 * Measures a running server and bare with the same requests, of a kind as load has it; more adds targets of ours to the
 * rounds, before is what ours needs ahead of each run, flags are bare's.
 */
export async function measure(env, name, server, path, answer, { kind = {}, more = {}, plan = env.rounds, before, flags } = {}) {
    const threads = await httpThreads(server);
    const measured = await withServer(startBare(env, answer, threads, flags), bare => {
        const to = s => ({ ...target(s.url + path, answer), ...kind });
        return rounds({ ours: { ...to(server), before }, bare: to(bare), ...more }, plan);
    });
    for (const [who, m] of Object.entries(measured)) {
        if (m.errors || m.wrong)
            env.fail(`${name}, ${who}: ${complaint(m)}`);
    }
    return { name, body_bytes: answer.bytes.length, status: answer.status, threads, ...measured,
        to_bare: ratio(measured.ours, measured.bare), p99_to_bare: ratio(measured.ours, measured.bare, 'p99_rounds') };
}

/** The same for a GET that always asks the same: its answer may not have changed when all is over. */
async function measureGet(env, name, server, path, answer, more = {}) {
    const result = await measure(env, name, server, path, answer, { more });
    const again = await ask(server.url + path);
    check(again.bytes.equals(answer.bytes), `${path} changed under load`);
    return result;
}

/** The server as it starts without any flag: one connection of the built-in data. Memory is read here too. */
export function getOne(env) {
    return withServer(startServer(env, []), async server => {
        await sleep(IDLE_MS);
        const idle = memory(server);
        const one = await oneConnection(server);
        const path = `/v1/connections/${one.id}`;
        const answer = await ask(server.url + path);
        check(answer.json.id === one.id, `${path} is ${answer.json.id}`);
        env.answers.one = { path, ...answer };
        const result = env.wants('get') ? await measureGet(env, 'get one', server, path, answer) : null;
        const used = env.wants('memory')
            ? { idle, ...await million(env, server, target(server.url + path, answer), result) } : null;
        return { result, memory: used };
    });
}

export async function oneConnection(server) {
    const { connections } = (await ask(`${server.url}/v1/connections?limit=1`)).json;
    if (connections.length > 0)
        return connections[0];
    const body = newConnection('Bench');
    return (await ask(`${server.url}/v1/connections`, { method: 'POST', body, want: 201 })).json;
}

/** Tops the measured requests up to a million and reads the memory. */
async function million(env, server, one, measured) {
    let requests = measured?.ours.requests ?? 0;
    for (let i = 0; i < TOP_UP_RUNS && requests < MILLION; i++) {
        const part = await load(one, env.rounds.seconds);
        if (part.errors || part.wrong)
            env.fail(`a million: ${complaint(part)}`);
        requests += part.requests;
    }
    if (requests < MILLION)
        env.note(`memory was read after ${requests} requests: a million took too long`);
    return { requests, after: memory(server) };
}

/** One page out of a list, with what must be true of it: newest first, all of them, at that offset. */
async function page(server, limit, offset, rows) {
    const path = `/v1/connections?limit=${limit}${offset ? `&offset=${offset}` : ''}`;
    const answer = await ask(server.url + path);
    const { connections, total } = answer.json;
    check(connections?.length === limit, `${path}: ${connections?.length} rows`);
    check(answer.json.offset === offset, `${path}: offset ${answer.json.offset}`);
    check(total >= rows, `${path}: total ${total}, not ${rows} or more`);
    const times = connections.map(c => c.created_at);
    check(times.every((t, i) => i === 0 || t <= times[i - 1]), `${path}: not newest first`);
    return { path, ...answer };
}

export function dataset(env, count) {
    const path = `${env.scratch}/${count}.json`;
    writeFixtures(path, count);
    return ['--fixtures', 'default', '--fixtures', path];
}

export function listHundred(env) {
    const rows = 1000;
    return withServer(startServer(env, dataset(env, rows)), async server => {
        const answer = await page(server, 100, 0, rows);
        env.answers.list = answer;
        return env.wants('list') ? measureGet(env, 'list 100 of 1,000', server, answer.path, answer) : null;
    });
}

/** The cases on a long list: what lies deep in it, and what was not asked for before. */
export function longList(env) {
    return withServer(startServer(env, dataset(env, LONG)), async server => [
        ...env.wants('deep') ? [await deepPage(env, server)] : [],
        ...env.wants('fresh') ? [await freshOne(env, server), await freshPages(env, server)] : [],
    ]);
}

/** A page from the far end, with the first page of the same list in the same rounds. */
async function deepPage(env, server) {
    const offset = LONG / 10 * 9;
    const first = await page(server, 100, 0, LONG);
    const deep = await page(server, 100, offset, LONG);
    const surplus = deep.json.total - LONG;         // the built-in rows, wherever their times put them
    const expected = Array.from({ length: surplus + 1 }, (_, i) => connectionName(LONG - 1 - offset + i));
    const [{ name }] = deep.json.connections;
    check(expected.includes(name), `${deep.path} begins with ${name}, not ${expected[0]}`);
    const more = { first: target(server.url + first.path, first) };
    const result = await measureGet(env, 'deep page of 100,000', server, deep.path, deep, more);
    return { ...result, first_bytes: first.bytes.length, first_name: '  its first page',
        to_first: ratio(result.ours, result.first) };
}

/** Reads that were not asked for just before: what a server gains by keeping its answers is not in them. */
async function freshOne(env, server) {
    const path = `/v1/connections/${connectionId(LONG / 2)}`;
    const answer = await ask(server.url + path);
    const kind = { kind: 'walk', of: { format: ONE, from: 0, count: LONG } };
    check(answer.json.name === connectionName(LONG / 2), `${path} is ${answer.json.name}`);
    return measure(env, 'get, each another', server, path, answer, { kind, plan: env.shortRounds });
}

/** The last tenth of the list page by page, and the first tenth of it in the same rounds. */
async function freshPages(env, server) {
    const tenth = LONG / 10, count = tenth - 100, deep = LONG - tenth;
    const format = '/v1/connections?limit=100&offset=%d';
    const { path, ...answer } = await page(server, 100, deep, LONG);
    const shallow = await page(server, 100, 0, LONG);
    const walk = from => ({ kind: 'walk', of: { format, from, count } });
    const first = { ...target(server.url + shallow.path, shallow), ...walk(0) };
    const result = await measure(env, 'deep pages, each another', server, path, answer,
        { kind: walk(deep), more: { first }, plan: env.shortRounds });
    return { ...result, first_bytes: shallow.bytes.length, first_name: '  the first pages',
        to_first: ratio(result.ours, result.first) };
}

/** From fork to the ready line, many times: a fresh process each, default flags, nothing else running. */
export async function starts(env) {
    const argv = [env.server, '--port', '0'];
    const out = await run([`${env.tools}/start`, String(STARTS), 'duvo-mock ready ', ...argv],
        { seconds: STARTS * 20, log: `${env.scratch}/start.log` });
    const lines = out.trim().split('\n').map(line => line.split(' ').map(us => Number(us) / 1000));
    const spread = ms => ({ min_ms: Math.min(...ms), median_ms: median(ms), max_ms: Math.max(...ms) });
    check(lines.length === STARTS, `${lines.length} starts`);
    return { runs: STARTS, ready: spread(lines.map(l => l[0])), stop: spread(lines.map(l => l[1])) };
}
