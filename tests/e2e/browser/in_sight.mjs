// Allow and Deny are in sight without scrolling, on a laptop and on a phone, however much the page has to say.

import assert from 'node:assert/strict';

const more = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`property_${i}`, 'value']));

export default async ({ mock, app, page }) => {
    for (const [width, height] of [[1280, 800], [390, 844]]) {
        await page.setViewportSize({ width, height });
        await page.goto(await mock.startNative('gmail', { return_url: app.url('/done'), ...more }));
        assert.ok(await page.evaluate(() => document.documentElement.scrollHeight > innerHeight), 'the page is not long');
        for (const id of ['deny', 'approve']) {
            const box = await page.getByTestId(id).boundingBox();
            assert.ok(box.y >= 0 && box.y + box.height <= height, `${id} is out of sight at ${width}x${height}`);
        }
    }
};
