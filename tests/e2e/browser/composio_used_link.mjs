// Composio: a link that was approved before leads to its result.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    const start = await mock.startComposio(app.url('/composio'));
    await page.goto(start.redirect_url);
    await press(page, 'approve');
    const end = page.url();
    await page.goto(start.redirect_url);
    assert.equal(page.url(), end);
    assert.equal(new URL(end).searchParams.get('status'), 'success');
};
