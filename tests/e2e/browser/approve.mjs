// Approving makes the connection and takes the browser back to the application.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done?tab=mail#top') }));
    await press(page, 'approve');

    const { tab, status, connection_id: id, ...rest } = app.arrival();
    assert.deepEqual({ tab, status, rest }, { tab: 'mail', status: 'success', rest: {} });
    assert.equal(new URL(page.url()).hash, '#top');

    const connection = await mock.connection(id);
    assert.equal(connection.name, 'Gmail - olivia@acme.example');
    assert.equal(connection.type, 'gmail');
    assert.equal(connection.provider, 'native');
    assert.equal(connection.has_oauth_tokens, true);
    assert.deepEqual(connection.oauth_scopes, ['https://www.googleapis.com/auth/gmail.modify']);
};
