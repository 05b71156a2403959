// Builds the container image and uses it: with Docker where an engine runs, else with buildah (as root, on Debian).
// Where neither can be had, one line says why it was skipped, which is no pass.
// Usage: node tests/image/run.mjs [NAME]      at the repository root
//   NAME              only the checks whose name contains it
//   IMAGE             in the environment: this image, which is there already, instead of building one

import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as buildah from './buildah.mjs';
import { checks } from './checks.mjs';
import * as docker from './docker.mjs';

const CHECK_MS = 60000;
const [wanted = '', root, config] = process.argv.slice(2);

async function timeLimit() {
    await sleep(CHECK_MS, null, { ref: false });
    throw new Error(`not finished after ${CHECK_MS / 1000} s`);
}

async function runChecks(engine) {
    let passed = 0, failed = 0;
    console.log(`with ${engine.name}`);
    for (const [name, check] of Object.entries(checks).filter(([one]) => one.includes(wanted)))
        try {
            await Promise.race([check(engine), timeLimit()]);
            passed++;
        } catch (error) {
            failed++;
            console.log(`FAILED ${name}: ${error.stack}`);
        }
    await engine.close();
    console.log(`${passed} passed, ${failed} failed`);
    return failed || !passed ? 1 : 0;
}

async function main() {
    mkdirSync('build', { recursive: true });
    if (root)
        return runChecks(await buildah.open(root, config));
    if (await docker.available())
        return runChecks(await docker.open());
    const why = await buildah.unavailable();
    if (!why)
        return buildah.enter(wanted);
    console.log(`skipped: ${why}`);
    return 0;
}

process.exit(await main());
