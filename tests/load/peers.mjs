// Other mock servers from npm, each given the data of ours as near as it can: how to set them up and start
// them. They run with their request logs off and their documented fast switches on.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { freePort, launch, run, stop, waitFor } from './process.mjs';
import { KEY } from './servers.mjs';
import { complaint, rounds, steady } from './wrk.mjs';

const READY_SECONDS = 60;
const COLD = { step: 2, most: 20 };     // seconds of warming up: some compile themselves while they run
const WARM = { step: 1, most: 5 };      // and once they did
const FILLERS = 899;                    // rows that make a list of 1,000 out of the 101 that are asked for
const QUIET = { NODE_ENV: 'production', NO_UPDATE_NOTIFIER: '1', SCARF_ANALYTICS: 'false' };
const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

/** What a peer needs is not on this machine: it is left out, and that is no failure. */
class Missing extends Error {}

// `list` is the path of a hundred rows where it is not ours; prepare(env, folder, port) returns the command.
const peers = [
    { name: 'json-server', list: '/v1/connections?_start=1&_limit=100', prepare: jsonServer },
    { name: '@stoplight/prism-cli', prepare: prism },
    { name: '@mockoon/cli', prepare: mockoon },
    { name: 'wiremock', prepare: wiremock },
];

const write = (path, value) => writeFileSync(path, JSON.stringify(value));

/** A program of the installed packages, run by this node. */
const program = (env, name) => [process.execPath, realpathSync(`${env.npm}/node_modules/.bin/${name}`)];

/** A stateful one: it keeps the list as rows, finds the one among them, pages and prints them itself. */
function jsonServer(env, folder, port) {
    const { one, list } = env.answers;
    const filler = Array.from({ length: FILLERS }, (_, i) => ({ ...one.json, id: `filler-${i}` }));
    write(`${folder}/db.json`, { connections: [one.json, ...list.json.connections, ...filler] });
    write(`${folder}/routes.json`, { '/v1/*': '/$1' });
    return [...program(env, 'json-server'), '--quiet', '--host', '127.0.0.1', '--port', port,
        '--routes', `${folder}/routes.json`, '--snapshots', folder, `${folder}/db.json`];
}

/** Our own OpenAPI document, reduced to the two operations, with our two answers as their examples. */
async function prism(env, folder, port) {
    const document = JSON.parse(await run([env.server, 'describe'], { seconds: 20 }));
    const get = (path, answer) => {
        const item = document.paths[path], ok = item.get.responses['200'];
        const { schema } = Object.values(ok.content)[0];
        ok.content = { 'application/json': { schema, example: answer.json } };
        return { [path]: { parameters: item.parameters, get: item.get } };
    };
    const one = Object.keys(document.paths).find(path => /^\/v1\/connections\/\{\w+\}$/.test(path));
    const paths = { ...get(one, env.answers.one), ...get('/v1/connections', env.answers.list) };
    write(`${folder}/openapi.json`, { ...document, paths, servers: undefined });
    return [...program(env, 'prism'), 'mock', '--verboseLevel', 'silent', '--host', '127.0.0.1',
        '--port', port, `${folder}/openapi.json`];
}

/** Two fixed answers, templating off. */
function mockoon(env, folder, port) {
    const settings = JSON.parse(readFileSync('tests/load/peers/mockoon.json', 'utf8'));
    [env.answers.list, env.answers.one].forEach((answer, i) => {
        settings.routes[i].responses = [{
            uuid: `00000000-0000-4000-8000-00000000001${i}`, label: '', latency: 0, statusCode: 200,
            headers: Object.entries(JSON_TYPE).map(([key, value]) => ({ key, value })),
            body: answer.bytes.toString(), bodyType: 'INLINE', filePath: '', sendFileAsBody: false,
            databucketID: '', rules: [], rulesOperator: 'OR', disableTemplating: true, fallbackTo404: false,
            default: true, crudKey: 'id', callbacks: [],
        }];
    });
    write(`${folder}/mockoon.json`, settings);
    return [...program(env, 'mockoon-cli'), 'start', '--data', `${folder}/mockoon.json`, '--port', port,
        '--hostname', '127.0.0.1', '--disable-log-to-file', '--disable-admin-api', '--repair'];
}

/** Two stubs with fixed bodies, no journal of requests. */
function wiremock(env, folder, port) {
    if (spawnSync('java', ['-version']).status !== 0)
        throw new Missing('no Java here');
    const build = `${env.npm}/node_modules/wiremock/build`;
    const jar = readdirSync(build).find(name => name.endsWith('.jar'));
    mkdirSync(`${folder}/mappings`);
    for (const [name, answer] of Object.entries(env.answers))
        write(`${folder}/mappings/${name}.json`, {
            request: { method: 'GET', url: answer.path },
            response: { status: 200, headers: JSON_TYPE, body: answer.bytes.toString() },
        });
    return ['java', '-jar', `${build}/${jar}`, '--bind-address', '127.0.0.1', '--port', port,
        '--root-dir', folder, '--no-request-journal', '--disable-request-logging', '--disable-gzip',
        '--disable-banner'];
}

/** What of a peer's answer is not as ours, in a few words; throws when it is other data. */
function difference(ours, theirs) {
    if (theirs.equals(ours.bytes))
        return '';
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    const value = JSON.parse(theirs);
    const sizes = `${theirs.length} bytes, not ${ours.bytes.length}`;
    if (same(value, ours.json))
        return `the same JSON in another layout, ${sizes}`;
    if (same(value, ours.json.connections))
        return `the rows without the page around them, ${sizes}`;
    throw new Error(`other data: ${theirs.toString().slice(0, 100)}`);
}

/** Asks a peer once for what ours answered, then measures it. */
async function measureGet(env, url, ours, warmup) {
    const reply = await fetch(url,
        { headers: { authorization: `Bearer ${KEY}` }, signal: AbortSignal.timeout(10000) });
    const bytes = Buffer.from(await reply.arrayBuffer());
    if (!reply.ok)
        throw new Error(`${url}: ${reply.status} ${bytes.toString().slice(0, 100)}`);
    const differs = difference(ours, bytes), target = { url, key: KEY, size: bytes.length };
    const warmup_s = await steady(target, warmup);
    const { peer } = await rounds({ peer: target }, env.shortRounds);
    if (peer.errors || peer.wrong)
        throw new Error(`${url}: ${complaint(peer)}`);
    return { ...peer, warmup_s, body_bytes: bytes.length, differs };
}

async function measure(env, peer) {
    const folder = `${env.scratch}/${peer.prepare.name}`, port = await freePort();
    mkdirSync(folder, { recursive: true });
    const argv = await peer.prepare(env, folder, String(port));
    const child = launch(argv, { log: `${folder}/log`, cwd: folder, env: { ...QUIET, HOME: folder } });
    const url = `http://127.0.0.1:${port}`, { one, list } = env.answers;
    const answers = () => fetch(url + one.path, { signal: AbortSignal.timeout(5000) })
        .then(reply => reply.arrayBuffer()).then(() => true, () => false);
    try {
        await waitFor(child, peer.name, READY_SECONDS, answers);
        return {
            name: peer.name,
            get: await measureGet(env, url + one.path, one, COLD),
            list: await measureGet(env, url + (peer.list ?? list.path), list, WARM),
        };
    } finally {
        await stop(child);
    }
}

/** Measures every peer in turn. One that lacks what it needs is left out; one that fails is a failure. */
export async function measurePeers(env) {
    const results = [];
    for (const peer of peers) {
        env.progress(`peer ${peer.name}`);
        try {
            results.push(await measure(env, peer));
        } catch (error) {
            results.push({ name: peer.name, left_out: error.message });
            if (!(error instanceof Missing))
                env.fail(`${peer.name}: ${error.message}`);
        }
    }
    return results;
}
