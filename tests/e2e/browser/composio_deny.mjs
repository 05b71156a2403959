// Composio: denying tells the application that it failed, and finalizing is refused.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    const start = await mock.startComposio(app.url('/composio'));
    await page.goto(start.redirect_url);
    await press(page, 'deny');

    assert.equal(app.arrival().status, 'failed');
    await mock.must(400, 'POST', '/v1/connections/composio/finalize',
        { app: 'slack', integration_name: 'Team chat', connected_account_id: start.connected_account_id });
};
