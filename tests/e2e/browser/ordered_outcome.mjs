// An outcome that was ordered beforehand happens without a page, once; then people are asked again.

import assert from 'node:assert/strict';

export default async ({ mock, app, page }) => {
    await mock.must(201, 'POST', '/_mock/oauth/next', { outcome: 'deny' });
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    assert.equal(app.arrival().error, 'access_denied');

    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    assert.ok(await page.getByTestId('approve').isVisible());
};
