// With a finger: approve and deny are in the first screen of a phone or reached by scrolling, and big enough to hit.

import assert from 'node:assert/strict';

export const options = { viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true };

export default async ({ mock, app, page }) => {
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    for (const testId of ['approve', 'deny']) {
        const { width, height } = await page.getByTestId(testId).boundingBox();
        assert.ok(width >= 44 && height >= 40, `${testId} is ${width} x ${height}`);
    }
    await page.getByTestId('approve').tap();
    await page.waitForURL(app.url('/done?**'));
    assert.equal(app.arrival().status, 'success');
};
