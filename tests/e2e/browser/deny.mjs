// Denying makes no connection; the application learns access_denied.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    const before = await mock.connections('gmail');
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    await press(page, 'deny');

    const { status, error, connection_id: id } = app.arrival();
    assert.deepEqual({ status, error, id }, { status: 'error', error: 'access_denied', id: undefined });
    assert.deepEqual(await mock.connections('gmail'), before);
};
