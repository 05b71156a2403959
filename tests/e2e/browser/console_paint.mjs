// The console is painted before its scripts are asked for, and is live all the same, when it is loaded again, too.

import assert from 'node:assert/strict';
import { isLive } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

const COARSE_MS = 4; // browsers round the time of a paint

/** Milliseconds from the first paint until each script was asked for. */
const waits = page => page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    const scripts = performance.getEntriesByType('resource').filter(one => one.name.endsWith('.js'));
    return scripts.map(one => one.startTime - paint.startTime);
});

async function isPaintedFirst(page) {
    await isLive(page);
    const all = await waits(page);
    assert.ok(all.length > 5, `only ${all.length} scripts`);
    assert.ok(all.every(one => one > -COARSE_MS), `scripts came ${all.join(' ')} ms after the paint`);
}

export default async ({ mock, page }) => {
    await mock.must(200, 'GET', '/v1/connections');
    for (const tab of ['requests', 'connections', 'reference']) {
        await page.goto(`${mock.origin}/_mock/?tab=${tab}`);
        await isPaintedFirst(page);
        await page.reload();
        await isPaintedFirst(page);
    }
};
