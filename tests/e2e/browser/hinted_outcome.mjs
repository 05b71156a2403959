// login_hint=deny@… decides without a page.

import assert from 'node:assert/strict';

export default async ({ mock, app, page }) => {
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done'), login_hint: 'deny@acme.example' }));
    assert.equal(app.arrival().error, 'access_denied');
};
