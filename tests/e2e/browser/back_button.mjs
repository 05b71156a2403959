// Going back after approving, and a reload, lead to the same result, not to a second connection.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    const before = await mock.connections('gmail');
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    await press(page, 'approve');
    const end = page.url();
    await page.goBack();
    if (await page.getByTestId('approve').count())  // when the browser kept the page
        await press(page, 'approve');

    assert.equal(page.url(), end);
    await page.reload();
    assert.equal(page.url(), end);
    assert.equal((await mock.connections('gmail')).length, before.length + 1);
};
