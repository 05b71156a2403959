// A person who opens the mock's root is in the console; a sign-in whose return_url is a path ends on a page, from which
// the console is one click away.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

export default async ({ mock, page }) => {
    await page.goto(mock.origin + '/');
    assert.equal(page.url(), `${mock.origin}/_mock/`);
    await page.goto(await mock.startNative('gmail', { return_url: '/settings/connections' }));
    await press(page, 'approve');
    assert.match(page.url(), /\/settings\/connections\?status=success&connection_id=/);
    assert.equal(await page.locator('h1').textContent(), 'Connected');
    await page.getByText('To the console').click();
    assert.equal(page.url(), `${mock.origin}/_mock/`);
};
