// The benchmark: runs the cases, prints tables, writes everything to bench.json in the build folder.
// bench.sh prepares what it needs and calls it.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { getOne, listHundred, longList, starts } from './cases.mjs';
import { growth } from './growth.mjs';
import { measurePeers } from './peers.mjs';
import { removeAtEnd } from './process.mjs';
import { print, targets } from './report.mjs';
import { runs } from './runs.mjs';
import { besideProbes, journal, manySpaces, resets } from './spaces.mjs';
import { story } from './story.mjs';
import { settings } from './wrk.mjs';
import { changes, create, mixed, tls } from './writes.mjs';

const CASES = ['start', 'memory', 'get', 'list', 'deep', 'fresh', 'create', 'changes', 'mixed', 'tls', 'spaces', 'reset', 'growth', 'story',
    'journal', 'probes', 'runs'];

function number(name, fallback, max) {
    const value = Number(process.env[name] ?? fallback);
    if (!Number.isInteger(value) || value < 1 || value > max) {
        console.error(`bench: ${name} must be a whole number from 1 to ${max}`);
        process.exit(2);
    }
    return value;
}

function wanted() {
    const list = (process.env.BENCH_CASES || CASES.join(' ')).split(/[\s,]+/).filter(Boolean);
    const unknown = list.find(name => !CASES.includes(name));
    if (unknown) {
        console.error(`bench: no case ${unknown}; there are ${CASES.join(' ')}`);
        process.exit(2);
    }
    return list;
}

function environment() {
    const build = resolve(process.env.BENCH_BUILD), npm = `${build}/npm/load`, cases = wanted();
    const count = number('BENCH_ROUNDS', 5, 100), seconds = number('BENCH_SECONDS', 2, 600);
    mkdirSync(`${build}/load`, { recursive: true });
    const scratch = mkdtempSync(`${build}/load/run-`);
    const env = {
        build, npm, scratch, tools: `${build}/load`, server: resolve(process.env.BENCH_SERVER),
        bareFlags: (process.env.BENCH_BARE_FLAGS ?? '').split(' ').filter(Boolean),
        peers: process.env.BENCH_PEERS !== '0', rounds: { count, seconds, warmup: 1 },
        shortRounds: { count: Math.min(count, 3), seconds, warmup: 1 },
        wants: name => cases.includes(name), answers: {}, failures: [], notes: [],
    };
    if (process.env.BENCH_KEEP !== '1')
        removeAtEnd(scratch);
    env.fail = message => env.failures.push(message);
    env.note = message => env.notes.push(message);
    env.progress = message => console.log(`bench: ${message}`);
    return env;
}

const command = (...argv) => execFileSync(argv[0], argv.slice(1), { encoding: 'utf8' }).trim();

function machine(env) {
    return {
        cpus: cpus().length, model: cpus()[0]?.model, memory_mib: Math.round(totalmem() / 2 ** 20),
        kernel: release(), node: process.version, filesystem: command('stat', '-f', '-c', '%T', env.scratch),
        server: command(env.server, 'version'), load_before: loadavg()[0],
    };
}

/** Runs one step; what it throws is a failure of the run, but the other steps still get their turn. */
async function step(env, name, body) {
    env.progress(name);
    try {
        return await body(env);
    } catch (error) {
        env.fail(`${name}: ${error.message}`);
        return null;
    }
}

const TO_BARE = [['create', 'create', create], ['changes', 'patch and delete', changes], ['mixed', 'reads and writes', mixed], ['tls', 'TLS', tls]];
const ALONE = [['spaces', 'spaces', manySpaces], ['reset', 'reset', resets], ['growth', 'a thousand rows and a million', growth],
    ['story', 'story', story], ['journal', 'journal', journal], ['probes', 'hanging probes', besideProbes],
    ['runs', 'runs', runs]];

async function measure(env) {
    const result = { machine: machine(env), load: { ...settings, ...env.rounds }, cases: [], peers: [] };
    const add = found => found && result.cases.push(...[found].flat());
    const peers = env.peers && existsSync(`${env.npm}/installed.json`);

    if (env.wants('start'))
        result.start = await step(env, 'starts', starts);
    if (env.wants('get') || env.wants('memory') || peers) {
        const found = await step(env, 'get one and memory', getOne);
        add(found?.result);
        result.memory = found?.memory;
    }
    if (env.wants('list') || peers)
        add(await step(env, 'list', listHundred));
    if (env.wants('deep') || env.wants('fresh'))
        add(await step(env, 'long list', longList));
    for (const [name, what, body] of TO_BARE)
        if (env.wants(name))
            add(await step(env, what, body));
    for (const [name, what, body] of ALONE)
        if (env.wants(name))
            result[name] = await step(env, what, body);
    if (peers && env.answers.one && env.answers.list)
        result.peers = await measurePeers(env);
    return result;
}

/** What a reader of the figures should know about this run. */
function addNotes(env, { machine: { filesystem, load_before }, cases, peers }) {
    const threads = [...new Set(cases.map(c => c.threads))].join(' or ');
    if (threads)
        env.note(`threads that serve HTTP: ${threads}, in bare as well; wrk has ${settings.threads}, and ` +
            `${settings.connections} connections`);
    if (load_before > 0.5)
        env.note(`the machine was busy at the start (load ${load_before.toFixed(1)}): distrust the figures`);
    if (env.peers && !peers.length)
        env.note('no peers: they are not installed, or ours gave nothing to compare them with');
    if (env.wants('create') && ['tmpfs', 'ramfs'].includes(filesystem))
        env.note(`${env.build} is on ${filesystem}: create did not reach a disk`);
}

const began = Date.now();
const env = environment();
const result = await measure(env);
addNotes(env, result);
Object.assign(result, {
    seconds: Math.round((Date.now() - began) / 1000), targets: targets(result), notes: env.notes,
    failures: env.failures,
});
print(result);
writeFileSync(`${env.build}/bench.json`, `${JSON.stringify(result, null, 1)}\n`);
console.log(`bench: ${result.seconds} s; all figures in ${env.build}/bench.json`);
process.exit(env.failures.length ? 1 : 0);
