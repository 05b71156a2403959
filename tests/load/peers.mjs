// Other mock servers from npm, each given the data of ours as near as it can: how to set them up and start
// them. They run with their request logs off and their documented fast switches on.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { newConnection } from './cases.mjs';
import { freePort, launch, memory, run, sleep, stop, waitFor } from './process.mjs';
import { KEY } from './servers.mjs';
import { call, stories } from './story.mjs';
import { complaint, rounds, steady } from './wrk.mjs';

const READY_SECONDS = 60;
const IDLE_MS = 1000;
const COLD = { step: 2, most: 20 };     // seconds of warming up: some compile themselves while they run
const WARM = { step: 1, most: 5 };      // and once they did
const FILLERS = 899;                    // rows that make a list of 1,000 out of the 101 that are asked for
const QUIET = { NODE_ENV: 'production', NO_UPDATE_NOTIFIER: '1', SCARF_ANALYTICS: 'false' };
const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

const OWNER = 'owner';
const KEYS = 2000;
const KEY_FORMAT = `${KEY}-%04d`;
const numberedKey = i => `${KEY}-${String(i).padStart(4, '0')}`;

let storyNumber = 0;

/** What a peer needs is not on this machine: it is left out, and that is no failure. */
class Missing extends Error {}

// `list` is the path of a hundred rows where it is not ours; prepare(env, folder, port) returns the command. One that
// cannot hold our data has `fill`, which makes some of its own and returns the paths of one and of a hundred.
const peers = [
    { name: 'json-server', list: '/v1/connections?_start=1&_limit=100', prepare: jsonServer, tell: jsonStory },
    { name: '@stoplight/prism-cli', prepare: prism },
    { name: '@mockoon/cli', prepare: mockoon },
    { name: 'wiremock', prepare: wiremock },
    { name: 'emulate', prepare: emulate, fill: emulateData, tell: emulateStory },
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

/** The story without spaces, which it has not, and with what it made taken away again for a reset. */
async function jsonStory(url) {
    const list = `${url}/v1/connections`;
    const { id } = await call(list, 'POST', newConnection('story'));
    await call(`${list}?_limit=100&_sort=id`);
    await call(`${list}/${id}`, 'PATCH', { name: 'changed' });
    await call(`${list}/${id}`, 'DELETE');
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

/** It emulates GitHub: repositories are its connections. It wants a newer Node than we do, and allows a key 5,000 requests. */
function emulate(env, folder, port) {
    const tokens = Array.from({ length: KEYS }, (_, i) => [numberedKey(i), { login: OWNER, scopes: ['repo', 'user'] }]);
    write(`${folder}/seed.yaml`, { tokens: Object.fromEntries(tokens), github: { users: [{ login: OWNER }] } });
    const node = `${env.npm}/node_modules/node-linux-${process.arch}/bin/node`;
    return [node, realpathSync(`${env.npm}/node_modules/.bin/emulate`), 'start', '--service', 'github', '--port', port,
        '--seed', `${folder}/seed.yaml`];
}

async function emulateData(url) {
    for (let i = 0; i < 100; i++)
        await call(`${url}/user/repos`, 'POST', { name: `bench-${i}` }, numberedKey(0));
    return { one: `/repos/${OWNER}/bench-50`, list: '/user/repos?per_page=100' };
}

async function emulateStory(url) {
    const key = numberedKey(++storyNumber % KEYS), as = (method, path, body) => call(url + path, method, body, key);
    const { full_name } = await as('POST', '/user/repos', { name: `story-${storyNumber}` });
    await as('GET', '/user/repos?per_page=100');
    await as('PATCH', `/repos/${full_name}`, { description: 'changed' });
    await as('DELETE', `/repos/${full_name}`);
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
        { headers: { authorization: `Bearer ${ours ? KEY : numberedKey(0)}` }, signal: AbortSignal.timeout(10000) });
    const bytes = Buffer.from(await reply.arrayBuffer());
    if (!reply.ok)
        throw new Error(`${url}: ${reply.status} ${bytes.toString().slice(0, 100)}`);
    const differs = ours ? difference(ours, bytes) : `data of its own, ${bytes.length} bytes`;
    const { pathname, search } = new URL(url);
    const target = { url, size: bytes.length, ...ours ? { key: KEY }
        : { key: KEY_FORMAT, kind: 'keys', of: { format: pathname + search, from: 0, count: KEYS } } };
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
    const began = performance.now();
    const child = launch(argv, { log: `${folder}/log`, cwd: folder, env: { ...QUIET, HOME: folder } });
    const url = `http://127.0.0.1:${port}`, { one, list } = env.answers;
    const answers = () => fetch(url + (peer.fill ? '/' : one.path), { signal: AbortSignal.timeout(5000) })
        .then(reply => reply.arrayBuffer()).then(() => true, () => false);
    try {
        await waitFor(child, peer.name, READY_SECONDS, answers);
        const ready_ms = performance.now() - began;
        await sleep(IDLE_MS);
        const used = memory(child);
        const own = await peer.fill?.(url);
        return {
            name: peer.name, ready_ms, ...used,
            get: await measureGet(env, url + (own?.one ?? one.path), own ? null : one, COLD),
            list: await measureGet(env, url + (own?.list ?? peer.list ?? list.path), own ? null : list, WARM),
            story: peer.tell && await stories(env.rounds.seconds * 2, () => url, peer.tell),
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
