// Proves the control plane on whole servers, from outside.
// Usage: node tests/control/run.mjs SERVER DIR [NAME]
//   SERVER  the program to test; every test starts its own
//   DIR     where package.json is installed
//   NAME    only the tests whose name contains it
//
// A test is a file in cases/. Its first line says what it shows; it exports async ({ program, dir, seconds, slow }) => …,
// which throws when that is not so. `seconds` is how long a test that makes traffic makes it, `slow` that the program is
// one with a sanitizer.

import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const TEST_MS = 240000;

async function timeLimit() {
    await sleep(TEST_MS, null, { ref: false });
    throw new Error(`not finished after ${TEST_MS / 1000} s`);
}

const [program, dir, wanted = ''] = process.argv.slice(2);
const slow = /asan|tsan/.test(program);
const names = readdirSync(new URL('cases/', import.meta.url)).map(file => file.replace(/\.mjs$/, ''))
    .filter(name => name.includes(wanted)).sort();
let passed = 0, failed = 0;
for (const name of names) {
    try {
        const test = (await import(`./cases/${name}.mjs`)).default;
        await Promise.race([test({ program: resolve(program), dir: resolve(dir), seconds: slow ? 20 : 3, slow }), timeLimit()]);
        passed++;
    } catch (error) {
        failed++;
        console.log(`FAILED ${name}: ${error.stack}`);
    }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
