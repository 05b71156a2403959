// Going back after approving leads to a page that refuses, not to a second connection.

import assert from 'node:assert/strict';
import { complaint, isRefusal, press } from '../lib/steps.mjs';

export const expected = [complaint(400)];

export default async ({ mock, app, page }) => {
    const before = await mock.connections('gmail');
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    await press(page, 'approve');
    await page.goBack();
    if (await page.getByTestId('approve').count())  // when the browser kept the page
        await press(page, 'approve');

    await isRefusal(page);
    assert.equal((await mock.connections('gmail')).length, before.length + 1);
};
