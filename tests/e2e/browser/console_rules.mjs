// The console keeps its rules on every tab: nothing wider than a screen of 320 pixels, nothing from elsewhere, a page
// without data of 40 KB at most, and a page that comes at once.

import assert from 'node:assert/strict';
import { isLive } from '../lib/console.mjs';
import { fillConsole } from '../lib/console_pages.mjs';
import { contentWidth } from '../lib/steps.mjs';

const PAGE_BYTES = 40 * 1024, PAINT_MS = 50;

export const options = { javaScriptEnabled: true };

async function fits(page, url) {
    await page.goto(url);
    await page.evaluate(() => document.querySelectorAll('main details').forEach(one => { one.open = true; }));
    for (const width of [1280, 390, 320]) {
        await page.setViewportSize({ width, height: 800 });
        assert.ok(await contentWidth(page) <= width, `${url} is ${await contentWidth(page)} wide, more than ${width}`);
    }
}

/** Each script is one that the page itself may load; without data it is small. */
async function isSmall(mock) {
    await mock.must(200, 'POST', '/_mock/reset', { to: 'empty' });
    for (const tab of ['requests', 'connections', 'sign-ins', 'clock', 'fixtures', 'webhooks']) {
        const reply = await fetch(`${mock.origin}/_mock/?tab=${tab}`), text = await reply.text();
        assert.ok(text.length <= PAGE_BYTES, `${tab}: ${text.length}`);
        assert.match(reply.headers.get('content-security-policy'),
            /^default-src 'none'; style-src 'nonce-[^']+'; .*script-src 'nonce-[^']+'; connect-src 'self'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'$/);
        assert.deepEqual(text.match(/(?:src|href|action)="(?:https?:)?\/\/[^"]*"/g), null);
    }
}

async function paintsSoon(mock, page) {
    const times = [];
    for (let i = 0; i < 5; i++) {
        await page.goto(`${mock.origin}/_mock/`);
        await isLive(page);
        times.push(await page.evaluate(() => {
            const [load] = performance.getEntriesByType('navigation');
            return load.responseEnd - load.requestStart;
        }));
    }
    assert.ok(times.sort((a, b) => a - b)[2] <= PAINT_MS, `the page has come after ${times.join(' ')} ms`);
}

export default async ({ mock, page }) => {
    for (const query of await fillConsole(mock))
        await fits(page, `${mock.origin}/_mock/${query}`);
    await page.goto(`${mock.origin}/_mock/`);
    await page.locator('.entry').first().click();
    await page.locator('#detail').waitFor();
    await fits(page, page.url());
    await isSmall(mock);
    await paintsSoon(mock, page);
};
