// Runs the tests that use the mock as people do, with a real browser.
// Usage: node tests/e2e/run.mjs SERVER DIR [NAME]
//   SERVER  the program to test; every test starts its own
//   DIR     where package.json is installed
//   NAME    only the tests whose name contains it
//
// A test is a file in browser/. Its first line says what behaviour it shows; it exports
//   default    async ({ mock, app, page, context, seen, dir }) => …, which throws when the behaviour is not so
//   flags      of the server               fixtures   a document to load on top of the default ones
//   options    of the browser's context    expected   complaints of the browser that have to come
//   tolerated  complaints that may come; there must be no others
// Each must stay on the mock and the application, open no dialog, and leave a server that ends well.

import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from './lib/app.mjs';
import { checkSeen, openContext, startBrowser } from './lib/browser.mjs';
import { startMock } from './lib/mock.mjs';

const TEST_MS = 180000; // of a test that hangs: a busy machine takes long for one that does not

async function timeLimit() {
    await sleep(TEST_MS, null, { ref: false });
    throw new Error(`not finished after ${TEST_MS / 1000} s`);
}

/** Runs a test on a stage of its own. */
async function run(test, program, browser, dir) {
    const mock = await startMock(program, test);
    const app = await startApp();
    const { context, seen } = await openContext(browser, test.options);
    let page;
    try {
        page = await context.newPage();
        await Promise.race([test.default({ mock, app, page, context, seen, dir }), timeLimit()]);
        checkSeen(seen, [mock.origin, app.url(''), app.url('', 'localhost')], test);
    } catch (error) {
        throw new Error(`the browser was at ${page?.url()}, the server's log:\n${mock.log}`, { cause: error });
    } finally {
        await context.close();
        await app.stop();
        await mock.stop();
    }
}

/** Takes tests from the list until it is empty; answers how many failed. */
async function work(names, program, browser, dir) {
    let failed = 0;
    for (let name = names.shift(); name; name = names.shift()) {
        try {
            await run(await import(`./browser/${name}.mjs`), program, browser, dir);
        } catch (error) {
            failed++;
            console.log(`FAILED ${name}: ${(error.cause ?? error).stack}`);
            console.log(error.cause ? `${error.message}\n` : '');
        }
    }
    return failed;
}

const [program, dir, wanted = ''] = process.argv.slice(2);
const names = readdirSync(new URL('browser/', import.meta.url)).filter(file => file.endsWith('.mjs'))
    .map(file => file.slice(0, -'.mjs'.length)).filter(name => name.includes(wanted)).sort();
if (!names.length) {
    console.log(`no test's name contains ${wanted}`);
    process.exit(1);
}
const total = names.length;
const browser = await startBrowser(dir);
const workers = Array.from({ length: 2 * availableParallelism() }, () => work(names, resolve(program), browser, resolve(dir)));
const failed = (await Promise.all(workers)).reduce((sum, one) => sum + one, 0);
await browser.close();
console.log(`${total - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
