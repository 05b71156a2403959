// Composio: a closed window leaves the account INITIATED, and the same link can be approved later.

import assert from 'node:assert/strict';
import { choose, isResult, press } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    const start = await mock.startComposio(app.url('/composio'));
    const finalize = { app: 'slack', integration_name: 'Chat', connected_account_id: start.connected_account_id };
    await page.goto(start.redirect_url);
    await choose(page, 'closed');
    await isResult(page, 'neutral');
    assert.deepEqual(app.visits, []);
    await mock.must(400, 'POST', '/v1/connections/composio/finalize', finalize);

    await page.goto(start.redirect_url);
    await press(page, 'approve');
    assert.equal(app.arrival().status, 'success');
    await mock.must(201, 'POST', '/v1/connections/composio/finalize', finalize);
};
