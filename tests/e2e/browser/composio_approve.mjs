// Composio: approving takes the browser to callback_url; finalizing then makes the connection.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    const start = await mock.startComposio(app.url('/composio?from=test'));
    assert.equal(start.status, 'INITIATED');
    await page.goto(start.redirect_url);
    assert.match(await page.getByRole('main').innerText(), /Composio[^]*Slack|Slack[^]*Composio/);
    await press(page, 'approve');

    assert.deepEqual(app.arrival(),
        { from: 'test', status: 'success', connected_account_id: start.connected_account_id });
    const made = await mock.must(201, 'POST', '/v1/connections/composio/finalize',
        { app: 'slack', integration_name: 'Team chat', connected_account_id: start.connected_account_id });
    const connection = await mock.connection(made.integration_id);
    assert.equal(connection.name, 'Team chat');
    assert.equal(connection.type, 'slack');
    assert.equal(connection.provider, 'composio');
};
