// What axe-core finds on the pages of the console, in the light scheme and in the dark.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLive } from './console.mjs';
import { fillConsole } from './console_pages.mjs';

async function faults(page, options) {
    const { violations } = await page.evaluate(rules => globalThis.axe.run(document, rules), options);
    return violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 200)}`));
}

/** The schemes differ in colours alone. */
async function check(page, url, axe) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(url);
    await isLive(page);
    await page.evaluate(axe);
    assert.deepEqual(await faults(page, {}), [], url);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.deepEqual(await faults(page, { runOnly: ['color-contrast'] }), [], `${url}, dark`);
}

/** The pages of a part, 0 or 1: all of them take axe-core a minute. */
export async function checkConsole(mock, page, dir, part) {
    const axe = readFileSync(join(dir, 'node_modules/axe-core/axe.min.js'), 'utf8');
    const pages = await fillConsole(mock), half = Math.ceil(pages.length / 2);
    for (const query of part ? pages.slice(half) : pages.slice(0, half))
        await check(page, `${mock.origin}/_mock/${query}`, axe);
}
