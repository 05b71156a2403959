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
    await page.locator('#detail details').evaluateAll(all => all.forEach(one => { one.open = true; }));
    const form = page.locator('#detail [data-try]').first();
    if (await form.count()) // the bar is there then, with a command that may be longer than it is
        await form.locator('textarea, input, button').first().focus();
    await page.evaluate(axe);
    await page.evaluate(() => document.querySelectorAll('details').forEach(one => { one.open = true; }));
    assert.deepEqual(await faults(page, {}), [], url);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.deepEqual(await faults(page, { runOnly: ['color-contrast'] }), [], `${url}, dark`);
}

const PARTS = 4;

/** The pages of a part, from 0 on: all of them take axe-core minutes. */
export async function checkConsole(mock, page, dir, part) {
    const axe = readFileSync(join(dir, 'node_modules/axe-core/axe.min.js'), 'utf8');
    const pages = (await fillConsole(mock)).filter((_, i) => i % PARTS === part);
    for (const query of pages)
        await check(page, `${mock.origin}/_mock/${query}`, axe);
}
