// The npm package, installed from its files in an empty folder, offline.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, until } from '../../image/command.mjs';

const STORY = 'tests/e2e/examples/story.test.mjs';

/** The story as each kind of module and for each runner. */
const story = readFileSync(STORY, 'utf8');
const required = text => text.replace(/^import (.+) from ('.+');$/gm, 'const $1 = require($2);');
const sideBySide = (text, words) => text.replace(/describe\((.*), \{ concurrency: true \},/, words);
const forms = {
    esm: ['story.test.mjs', story],
    commonjs: ['story.test.cjs', required(story)],
    jest: ['story.test.js', sideBySide(required(story), 'describe($1,').replace(/^.*node:test'.*$/m, '')
        .replace('duvo-mock/node-test', 'duvo-mock/jest')],
    vitest: ['story.test.mjs', sideBySide(story, 'describe.concurrent($1,').replace('\'node:test\'', '\'vitest\'')
        .replace('duvo-mock/node-test', 'duvo-mock/vitest')],
    playwright: ['story.spec.js', sideBySide(required(story), 'test.describe($1,').replace(/^.*node:test'.*$/m, '')
        .replace('duvo-mock/node-test', 'duvo-mock/playwright')],
};

/** The package beside the other runners. */
function unpack(place) {
    return place.must('sh', ['-c', 'rm -rf node_modules/duvo-mock node_modules/"$2" && mkdir -p node_modules/duvo-mock node_modules/"$2" &&' +
        'tar -xzf "$0" --strip-components=1 -C node_modules/duvo-mock && tar -xzf "$1" --strip-components=1 -C node_modules/"$2"',
    place.tarball('duvo-mock'), place.tarball(place.platform()), place.platform()], place.dir);
}

/** Runs the story in a folder of the runner's own. */
async function storyOf(place, runner, args, files, pattern) {
    await unpack(place);
    const dir = join(place.dir, runner), [name, text] = forms[runner];
    for (const [file, content] of Object.entries({ ...files, [name]: text }))
        place.write(join(dir, file), content);
    await passes(place, join(place.dir, 'node_modules/.bin', runner), args, dir, pattern);
}

/** A script in the installed folder; what it prints as JSON. */
async function script(place, body, env) {
    const app = await place.app();
    place.write(join(app, 'script.mjs'), `import { startMock, attachMock, MockError } from 'duvo-mock';\n${body}`);
    return JSON.parse(await place.must('node', ['script.mjs'], app, env));
}

async function passes(place, program, args, cwd, pattern, env) {
    const { code, out, err } = await place.run(program, args, cwd, env);
    assert.equal(code, 0, out + err);
    assert.match(out + err, pattern);
}

async function storyWith(place, node) {
    const app = await place.app();
    for (const [file, text] of [forms.esm, forms.commonjs])
        place.write(join(app, file), text);
    await passes(place, node, ['--test', '--test-reporter=tap', 'story.test.mjs', 'story.test.cjs'], app, /^# pass 20$[^]*^# fail 0$/m);
}

const olderNode = name => place => {
    const node = join(place.dir, 'node_modules', name, 'bin/node');
    return existsSync(node) ? storyWith(place, node) : assert.equal(process.arch, 'arm64', `${name} is not installed`);
};

const left = () => readdirSync(tmpdir()).filter(name => name.startsWith('duvo-mock-'));

export default {
    'from nothing to a first verified test in less than a minute': async place => {
        const began = performance.now();
        const app = await place.app();
        place.write(join(app, 'first.test.mjs'), `
            import { test } from 'duvo-mock/node-test';
            test('calls', async ({ space }) => {
                await fetch(space.url + '/v1/connections', { headers: { authorization: 'Bearer ' + space.key } });
                await space.verify({ match: { operation: 'listConnections', status: 200 }, count: 1 });
            });`);
        await passes(place, 'node', ['--test', 'first.test.mjs'], app, /^# pass 1$/m);
        const seconds = (performance.now() - began) / 1000;
        console.log(`from nothing to a first verified test: ${seconds.toFixed(1)} s (npm)`);
        assert.ok(seconds < 60, `${seconds} s`);
    },

    'npx duvo-mock': async place => {
        const app = await place.app();
        assert.equal(await place.must('npx', ['duvo-mock', 'version'], app), `duvo-mock ${place.version}\n`);
        const { code, err } = await place.run('npx', ['duvo-mock', '--prot', '1'], app);
        assert.deepEqual([code, /--prot/.test(err)], [2, true]);
    },

    'the story, as ESM and CommonJS side by side': place => storyWith(place, 'node'),
    'the story with Node 18': olderNode('node18'),
    'the story with Node 24': olderNode('node24'),

    'the story with Jest': place => storyOf(place, 'jest', [],
        { 'package.json': '{ "jest": { "testEnvironment": "node" } }\n' }, /Tests: +10 passed, 10 total/),
    'the story with Vitest': place => storyOf(place, 'vitest', ['run'],
        { 'vitest.config.mjs': 'export default {};\n' }, /Tests +10 passed/),
    'the story with Playwright': place => storyOf(place, 'playwright', ['test'],
        { 'playwright.config.js': 'module.exports = { fullyParallel: true, workers: 2 };\n' }, /10 passed/),

    'types, strictly': async place => {
        await unpack(place);
        for (const [types, ...files] of [[[], 'plain.mts', 'plain.cts'], [['node'], 'plain.mts', 'runners.mts']]) {
            const dir = join(place.dir, `types-${types.length}`);
            for (const file of files)
                place.write(join(dir, file), readFileSync(join('tests/packages/consumer', file), 'utf8'));
            const compilerOptions = { noEmit: true, strict: true, target: 'es2022', module: 'nodenext', exactOptionalPropertyTypes: true, types };
            place.write(join(dir, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
            const { code, out } = await place.run(join(place.dir, 'node_modules/.bin/tsc'), [], dir);
            assert.equal(code, 0, out);
        }
    },

    'a suite that is killed leaves no server': async place => {
        const app = await place.app();
        const body = 'startMock().then(mock => { console.log(mock.pid); setInterval(() => {}, 1000); });';
        place.write(join(app, 'killed.mjs'), `import { startMock } from 'duvo-mock';\n${body}`);
        await place.killed('node', ['killed.mjs'], app);
        place.write(join(app, 'killed.cjs'), `const { startMock } = require('duvo-mock');\n${body}`);
        await place.killed('node', ['killed.cjs'], app);
    },

    'a suite that forgets to stop it ends all the same': async place => {
        const began = performance.now();
        await script(place, 'const mock = await startMock(); await mock.version(); console.log(mock.pid);');
        assert.ok(performance.now() - began < 10000);
    },

    'every option is taken, unknown ones are refused by name': async place => {
        const binary = join(await place.app(), 'node_modules', place.platform(), 'bin/duvo-mock');
        const { options } = JSON.parse(await place.must(binary, ['describe', '--names'], place.root));
        const { refused, taken } = await script(place, `
            import table from ${JSON.stringify(join(await place.app(), 'node_modules/duvo-mock/lib/generated.js'))};
            const refused = [];
            for (const option of [{ prot: 1 }, { rate_limit: 60 }, { colour: 'red' }])
                await startMock(option).catch(error => refused.push(error.name + ': ' + error.message));
            await attachMock('http://127.0.0.1:1', { token: 'x' }).catch(error => refused.push(error.message));
            console.log(JSON.stringify({ refused, taken: Object.values(table.options) }));`);
        assert.deepEqual(taken.map(({ flag, kind }) => [flag, kind]), options.map(({ flag, kind }) => [`--${flag}`, kind]));
        assert.equal(refused[0], 'TypeError: startMock has no option "prot"; did you mean "port"?');
        assert.equal(refused[1], 'TypeError: startMock has no option "rate_limit"; did you mean "rateLimit"?');
        assert.match(refused[2], /^TypeError: startMock has no option "colour"; (did you mean|there are) /);
        assert.match(refused[3], /^attachMock has no option "token"; there are key, adminToken, ca$/);
    },

    'options reach the server': async place => {
        const seen = await script(place, `
            const mock = await startMock({ strict: true, rateLimit: 7, consent: 'auto', fixtures: ['default', 'demo'],
                db: undefined, adminToken: 'abc' });
            const { strict, rate_limit, consent } = await mock.settings.get();
            const plain = await fetch(mock.url + '/_mock/settings');
            await mock.stop();
            console.log(JSON.stringify({ strict, rate_limit, consent, plain: plain.status }));`);
        assert.deepEqual(seen, { strict: true, rate_limit: 7, consent: 'auto', plain: 401 });
    },

    'fixtures may be documents': async place => {
        const before = left();
        const seen = await script(place, `
            const teams = [{ id: '6f1d2c3b-2222-4aaa-8bbb-00000000000f', name: 'Ours' }];
            const mock = await startMock({ fixtures: ['empty', { teams }] });
            const names = (await mock.fixtures()).teams.map(team => team.name);
            await mock.stop();
            const why = await startMock({ fixtures: { teams: 3 } }).catch(error => error.message);
            console.log(JSON.stringify({ names, why }));`);
        assert.ok(seen.names.includes('Ours'));
        assert.match(seen.why, /^startMock: the server did not start: duvo-mock: .*teams Invalid input: expected array/);
        assert.deepEqual(left(), before, 'no file is left');
    },

    'https, with an authority that its own calls trust': async place => {
        const seen = await script(place, `
            const mock = await startMock({ tls: 'auto' });
            const space = await mock.space();
            await space.clock.freeze();
            const attached = await attachMock(mock.url);
            const given = await attachMock(mock.url, { ca: mock.ca });
            console.log(JSON.stringify({ url: space.url, ca: space.ca, same: attached.ca === mock.ca && given.ca === mock.ca, name: (await given.version()).name }));
            await mock.stop();`);
        assert.match(seen.url, /^https:/);
        assert.match(seen.ca, /^-----BEGIN CERTIFICATE-----/);
        assert.deepEqual([seen.same, seen.name], [true, 'duvo-mock']);
    },

    'a refusal says which call, and why': async place => {
        const seen = await script(place, `
            const mock = await startMock();
            const space = await mock.space();
            const errors = [];
            for (const call of [
                () => space.fault({ match: { opration: 'createConnection' }, action: { status: 503 } }),
                () => space.faults.get(undefined),
                () => space.clock.resume('now', 'then'),
                () => mock.space({ name: space.name }),
            ])
                await call().catch(error => errors.push([error.name, error.status, error.message]));
            await space[Symbol.asyncDispose]();
            await space.drop();
            await space.requests().catch(error => errors.push([error.name, error.status]));
            await mock[Symbol.asyncDispose]();
            console.log(JSON.stringify(errors));`);
        assert.deepEqual(seen[0], ['MockError', 400, 'orderFault: 400 body/match/opration Unrecognized key: did you mean "operation"?']);
        assert.equal(seen[1][2], 'faults.get: fault has to be a text, not undefined');
        assert.equal(seen[2][2], 'clock.resume: too many arguments');
        assert.deepEqual(seen[3].slice(0, 2), ['MockError', 409]);
        assert.deepEqual(seen[4], ['MockError', 404], 'a space that was dropped is gone');
    },

    'operations by their ids': async place => {
        const seen = await script(place, `
            const mock = await startMock({ adminToken: 'abc' }), space = await mock.space(), out = {};
            const made = await space.call('createConnectionV1', { body: { name: 'x', provider: 'user', auth_method: 'url' } });
            out.got = (await space.call('getConnectionV1', { connection_id: made.id })).name;
            out.list = (await space.call('listConnectionsV1', { limit: 1, type: 'custom_mcp' })).connections.length;
            const [{ id: teamId }] = (await space.fixtures()).teams;
            out.total = (await space.call('listConnections', { teamId })).total === (await mock.call('listConnections', { teamId })).total + 1;
            out.page = (await mock.call('readDocumentation')).startsWith('<!doctype html>');
            const { authorization_url: url } = await space.call('startNativeOAuthV1', { provider: 'gmail', body: { return_url: 'http://localhost/back' } });
            await space.oauth.next({ outcome: 'deny' });
            await space.settings.change({ consent: 'auto' });
            const flow = Object.fromEntries(new URL(url).searchParams);
            out.redirect = /error=access_denied/.test(await space.call('authorize', { provider: 'gmail', ...flow }));
            out.nothing = [await space.call('endMcpSessionV1').catch(error => error.status)];
            await space.fault({ match: { operation: 'getProfile' }, action: { reset: true }, times: 1 });
            await space.call('getProfileV1').catch(error => { out.reset = error.code; });
            const lost = [];
            for (const call of [() => space.call('listConections'), () => space.call('getConnectionV1', { conection_id: 'x' }),
                () => space.call('getConnectionV1'), () => space.call('getConnectionV1', { connection_id: space.name }),
                () => space.call('getProfileV1', {}, { key: 'nobody' }), () => space.call('mcpToken', { preset: 'oauth', body: { grant_type: 'x' } })])
                await call().catch(error => lost.push(error.message));
            out.lost = lost;
            const twice = () => space.call('createConnectionV1', { body: { name: 'y', provider: 'user', auth_method: 'url' } }, { headers: { 'idempotency-key': '7' } });
            out.once = (await twice()).id === (await twice()).id;
            for await (const { event, data } of await space.call('watchSpace', { since: 1 })) {
                out.event = [event, typeof data];
                break;
            }
            await mock.stop();
            console.log(JSON.stringify(out));`);
        assert.deepEqual({ ...seen, lost: undefined }, { got: 'x', list: 1, total: true, page: true, redirect: true, nothing: [405],
            reset: 'ECONNRESET', once: true, event: ['resync', 'object'], lost: undefined });
        assert.deepEqual(seen.lost.map(text => text.replace(/"error_desc.*/, '…')), [
            'call has no operation "listConections"; did you mean "listConnections"?',
            'getConnectionV1 has no parameter "conection_id"; did you mean "connection_id"?',
            'getConnectionV1: connection_id has to be a text, not undefined',
            'getConnectionV1: 400 params/connection_id Invalid GUID',
            'getProfileV1: 401 Invalid API key',
            'mcpToken: 401 {"error":"invalid_client",…',
        ]);
    },

    'a mock that runs already': async place => {
        const app = await place.app(), [esm, text] = forms.esm;
        place.write(join(app, 'server.mjs'), `import { startMock } from 'duvo-mock';
            const mock = await startMock(); console.log(mock.url); setInterval(() => {}, 1000);`);
        const server = start('node', ['server.mjs'], { cwd: app, env: place.env });
        const [url] = await until('its address', () => /^http:\S+$/m.exec(server.out));
        place.write(join(app, esm), text);
        await passes(place, 'node', ['--test', '--test-reporter=tap', esm], app, /^# pass 10$/m, { DUVO_MOCK: url });
        const { spaces } = await (await fetch(`${url}/_mock/spaces`)).json();
        server.child.kill('SIGKILL');
        await server.ended;
        assert.deepEqual(spaces.map(space => space.name), ['default'], 'each space is dropped, and they were made there');
    },

    'await using, where the language has it': async place => {
        const node = join(place.dir, 'node_modules/node24/bin/node'), app = await place.app();
        if (!existsSync(node))
            return;
        const file = place.write(join(app, 'using.mjs'), `import { startMock } from 'duvo-mock';
            let pid, gone;
            {
                await using mock = await startMock();
                await using space = await mock.space({ name: 'used' });
                pid = mock.pid;
                gone = () => mock.spaces.get('used');
            }
            await gone().then(() => console.log('there'), () => console.log('gone'));
            try { process.kill(pid, 0); console.log('runs'); } catch { console.log('ended'); }`);
        assert.equal(await place.must(node, [file], app), 'gone\nended\n');
    },

    'without a binary, one sentence': async place => {
        const path = place.folder('no-binary');
        await place.must('npm', ['install', '--no-audit', '--no-fund', '--omit=optional', place.tarball('duvo-mock')], path);
        const { code, err } = await place.run('npx', ['duvo-mock'], path);
        assert.deepEqual([code, err.trim().split('\n').length], [1, 1]);
        assert.match(err, /is in the package duvo-mock-linux-\w+, which is not installed/);
        place.write(join(path, 'darwin.cjs'), 'Object.defineProperty(process, "platform", { value: "darwin" });\n' +
            'Object.defineProperty(process, "arch", { value: "arm64" });\n' +
            'require("duvo-mock").startMock().catch(error => console.log(error.message));\n');
        const text = await place.must('node', ['darwin.cjs'], path);
        assert.equal(text, 'duvo-mock has no binary for darwin-arm64: run the image, `docker run --rm --read-only -p ' +
            '127.0.0.1:8787:8787 duvo-mock`, and use attachMock(\'http://127.0.0.1:8787\')\n');
    },
};
