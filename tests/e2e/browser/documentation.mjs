// The contract to read: a page without scripts and without faults for assistive technology, whose links lead to what
// they name, in the space that was asked.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentWidth } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true }; // for axe-core: the page has none

/** What axe-core finds in what the selector names: ["rule: element"]. */
async function faults(page, selector, rules) {
    const { violations } = await page.evaluate(`axe.run(${JSON.stringify(selector)}, ${JSON.stringify(rules)})`);
    return violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 200)}`));
}

/** Four articles of each section: they are all made alike, and axe-core takes a minute for all. */
async function shorten(page) {
    await page.evaluate(() => document.querySelectorAll('main > section').forEach(section =>
        [...section.querySelectorAll('article:not(#schema-CreateConnection)')].slice(4).forEach(one => one.remove())));
}

/** Contrasts take long to measure, and are the same all over. */
async function hasNoFaults(page, dir) {
    await shorten(page);
    await page.evaluate(readFileSync(join(dir, 'node_modules/axe-core/axe.min.js'), 'utf8'));
    assert.deepEqual(await faults(page, 'html', { rules: { 'color-contrast': { enabled: false } } }), []);
    for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        for (const selector of ['.top', 'nav', '#createConnection-POST', '#schema-CreateConnection'])
            assert.deepEqual(await faults(page, selector, { runOnly: ['color-contrast'] }), [], colorScheme);
    }
}

export default async ({ mock, page, dir }) => {
    for (const [version, path] of [[1, '/v1/connections'], [2, '/v2/teams/{teamId}/connections']]) {
        const { headers } = await fetch(`${mock.origin}/v${version}/documentation`);
        assert.match(headers.get('content-security-policy'), /^default-src 'none'; style-src 'nonce-[^']+'; img-src data:; base-uri 'none'; frame-ancestors 'none'$/);
        await mock.call('PUT', '/_mock/s/blue/_mock/settings', {});
        await page.goto(`${mock.origin}/_mock/s/blue/v${version}/documentation`);
        if (version === 2)
            await hasNoFaults(page, dir);
        await page.reload();
        await page.getByRole('link', { name: 'Create a connection' }).click();
        const article = page.locator('article:target');
        const text = await article.innerText();
        for (const part of ['createConnection', path, 'CreateConnection', '201', '403',
            `curl -X POST '${mock.origin}/_mock/s/blue${path}'`])
            assert.ok(text.includes(part), `${part} is missing in\n${text}`);
        await article.getByRole('link').first().click();
        assert.ok((await page.locator('article:target').innerText()).includes('auth_method'));
        for (const width of [1280, 320]) {
            await page.setViewportSize({ width, height: 800 });
            assert.ok(await contentWidth(page) <= width, `it is wider than ${width} pixels`);
        }
        assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')]
            .map(link => link.hash.slice(1)).filter(id => !document.getElementById(id))), []);
    }
    await page.goto(`${mock.origin}/_mock/s/blue/_mock/?tab=reference`);
    await page.getByRole('link', { name: '/v2', exact: true }).click();
    assert.equal(page.url(), `${mock.origin}/_mock/s/blue/v2/documentation`);
};
