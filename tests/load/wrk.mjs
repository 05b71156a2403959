// The load generator: one run of wrk, and rounds of runs in turn against several targets.

import { run } from './process.mjs';

const THREADS = 2;
export const CONNECTIONS = 32;
const HEADERS_MAX = 2048;           // more bytes than that around a body would be another answer

let runNumber = 0;                  // no two runs create the same names, or walk the same way

export const settings = { threads: THREADS, connections: CONNECTIONS };

/**
 * Loads one target for so many seconds. A target is {url, key, size}, the size being the number of body bytes
 * that a right answer has: a GET of always the same. With `kind` create it is a POST of a new connection, with post
 * and `of`: {path, body} one of always the same; with walk, patch, delete or mixed and `of`: {format, from, count} it is of another path each time. Then the size may
 * differ by a few bytes. `before`, if there is one, is awaited first.
 */
export async function load(target, seconds) {
    await target.before?.();
    const script = scriptArguments(target);
    const out = await run(['wrk', `-t${THREADS}`, `-c${CONNECTIONS}`, `-d${seconds}s`, '--timeout', '10s',
        '-H', `Authorization: Bearer ${target.key}`, '-s', 'tests/load/wrk.lua', target.url, '--', ...script],
    { seconds: seconds + 30 });
    const w = JSON.parse(out.trim().split('\n').at(-1));
    const errors = w.connect + w.read + w.write + w.timeout + w.status;
    return { rps: w.requests / w.seconds, p50_us: w.p50_us, p99_us: w.p99_us, requests: w.requests, errors,
        wrong: wrongSize(w, target) };
}

function scriptArguments({ key, kind, of }) {
    const run = String(++runNumber).padStart(4, '0');
    const what = !of ? [] : kind === 'post' ? [of.path, of.body] : [of.format, String(of.from), String(of.count)];
    return kind ? [kind, key, run, ...what] : [];
}

/** Says so when the mean answer has not the right size: 2xx with the wrong contents is an error too. */
function wrongSize(w, { size, kind }) {
    const mean = w.requests ? w.bytes / w.requests : 0;
    const slack = kind ? 64 + size / 20 : 0;
    const unfinished = CONNECTIONS * size / w.requests;     // their bytes are counted, they are not
    if (mean >= size - slack && mean <= size + slack + HEADERS_MAX + unfinished)
        return '';
    return `answers of ${Math.round(mean)} bytes on average where the body has ${size}`;
}

/** What is wrong with a run or a summary, in words. */
export function complaint({ errors, requests, wrong }) {
    return [`${errors} errors in ${requests} requests`, wrong].filter(Boolean).join(', ');
}

export function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * Warms every target up, then runs them in turn, each round beginning with another one, so that noise of the
 * machine hits all of them alike. targets is an object of name -> target; returns name -> summary over the
 * rounds.
 */
export async function rounds(targets, { count, seconds, warmup }) {
    const names = Object.keys(targets);
    const runs = Object.fromEntries(names.map(name => [name, []]));
    const warm = {};
    for (const name of names)
        warm[name] = await load(targets[name], warmup);
    for (let round = 0; round < count; round++) {
        for (let i = 0; i < names.length; i++) {
            const name = names[(i + round) % names.length];
            runs[name].push(await load(targets[name], seconds));
        }
    }
    return Object.fromEntries(names.map(name => [name, summary(runs[name], warm[name])]));
}

/**
 * Loads a target until it gets no faster: for programs that are compiled while they run. Ends after two runs
 * in a row without a gain of a twentieth, or after `most` seconds. Returns the seconds spent.
 */
export async function steady(target, { step, most }) {
    let best = 0, flat = 0, spent = 0;
    while (flat < 3 && spent < most) {
        const { rps } = await load(target, step);
        flat = rps > best * 1.05 ? 0 : flat + 1;
        best = Math.max(best, rps);
        spent += step;
    }
    return spent;
}

/** Medians over the rounds; requests and errors are sums over everything sent, the warm-up included. */
function summary(runs, warm) {
    const all = [warm, ...runs];
    const sum = field => all.reduce((total, r) => total + r[field], 0);
    const rps = runs.map(r => r.rps);
    return {
        rps: median(rps), rps_min: Math.min(...rps), rps_max: Math.max(...rps),
        rps_rounds: rps.map(Math.round),
        p50_us: median(runs.map(r => r.p50_us)), p99_us: median(runs.map(r => r.p99_us)),
        p99_rounds: runs.map(r => r.p99_us),
        runs: all.length, requests: sum('requests'), errors: sum('errors'),
        wrong: all.find(r => r.wrong)?.wrong ?? '',
    };
}

/** Ratio of two summaries of the same rounds: each round by itself, then the median. */
export function ratio(a, b, of = 'rps_rounds') {
    const each = a[of].map((value, i) => value / b[of][i]);
    return { ratio: median(each), min: Math.min(...each), max: Math.max(...each) };
}
