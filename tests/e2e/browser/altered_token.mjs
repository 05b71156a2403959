// A form without the page's own token is refused, and the page's own form still works after that.

import assert from 'node:assert/strict';
import { complaint, isRefusal, press } from '../lib/steps.mjs';

export const expected = [complaint(400)];

export default async ({ mock, app, page }) => {
    const link = await mock.startNative('gmail', { return_url: app.url('/done') });
    await page.goto(link);
    await page.locator('input[name="form_token"]').evaluate(input => {
        input.value = input.value.replace(/^./, digit => digit === '0' ? '1' : '0');
    });
    await press(page, 'approve');
    await isRefusal(page);
    assert.deepEqual(app.visits, []);

    await page.goto(link);
    await press(page, 'approve');
    assert.equal(app.arrival().status, 'success');
};
