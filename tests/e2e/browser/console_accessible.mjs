// For assistive technology: axe-core finds nothing on any page of the console, in the light scheme and in the dark.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLive } from '../lib/console.mjs';
import { fillConsole } from '../lib/console_pages.mjs';

export const options = { javaScriptEnabled: true };

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

export default async ({ mock, page, dir }) => {
    const axe = readFileSync(join(dir, 'node_modules/axe-core/axe.min.js'), 'utf8');
    for (const query of await fillConsole(mock))
        await check(page, `${mock.origin}/_mock/${query}`, axe);
};
