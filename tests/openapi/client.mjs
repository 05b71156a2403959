// Generates a client from the contracts that a server serves, compiles a story with it strictly, and runs it.
// Usage: node tests/openapi/client.mjs SERVER DIR      DIR holds the installed node_modules
// A copy of the contract in which /v2's list may lack its array must not compile: so much for the check.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startMock } from '../e2e/lib/mock.mjs';

const STRICT = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--noImplicitOverride',
    '--noPropertyAccessFromIndexSignature', '--noUnusedLocals', '--noUnusedParameters', '--module', 'nodenext', '--target', 'es2023'];
const [program, dir] = process.argv.slice(2).map(one => resolve(one));
const bin = name => join(dir, 'node_modules/.bin', name);
const work = join(dir, 'story'); // below node_modules, so that imports are found

function generate(version, document) {
    writeFileSync(join(work, `${version}.json`), JSON.stringify(document));
    execFileSync(bin('openapi-typescript'), [join(work, `${version}.json`), '-o', join(work, `${version}.d.ts`),
        '--default-non-nullable', 'false'], { stdio: 'pipe' }); // what has a default may be left out of a request
}

function compile() {
    return spawnSync(bin('tsc'), [...STRICT, join(work, 'story.ts')], { encoding: 'utf8', cwd: work });
}

const mock = await startMock(program);
try {
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    writeFileSync(join(work, 'package.json'), '{"type": "module"}');
    cpSync(fileURLToPath(new URL('story.ts', import.meta.url)), join(work, 'story.ts'));
    const documents = Object.fromEntries(await Promise.all(['v1', 'v2'].map(async version =>
        [version, await (await fetch(`${mock.origin}/${version}/documentation/json`)).json()])));
    for (const [version, document] of Object.entries(documents))
        generate(version, document);
    const { status, stdout } = compile();
    assert.equal(status, 0, stdout);
    const story = spawnSync('node', [join(work, 'story.js'), mock.origin], { encoding: 'utf8' });
    assert.equal(story.stdout, 'done\n', story.stderr);

    const list = documents.v2.components.schemas.ConnectionList;
    list.required = list.required.filter(name => name !== 'integrations');
    generate('v2', documents.v2);
    assert.match(compile().stdout, /'list.integrations' is possibly 'undefined'/);
    console.log('2 passed, 0 failed');
} finally {
    await mock.stop();
}
