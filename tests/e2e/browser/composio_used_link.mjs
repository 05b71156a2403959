// Composio: a link that was approved before shows a page that refuses.

import assert from 'node:assert/strict';
import { complaint, isRefusal, press } from '../lib/steps.mjs';

export const expected = [complaint(400)];

export default async ({ mock, app, page }) => {
    const start = await mock.startComposio(app.url('/composio'));
    await page.goto(start.redirect_url);
    await press(page, 'approve');
    await page.goto(start.redirect_url);
    await isRefusal(page);
    assert.equal(app.visits.length, 1);
};
