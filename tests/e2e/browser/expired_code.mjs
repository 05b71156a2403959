// A code that has expired makes no connection; the application learns invalid_grant.

import assert from 'node:assert/strict';
import { choose } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    const before = await mock.connections('gmail');
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    await choose(page, 'expired_code');

    const { status, error, connection_id: id } = app.arrival();
    assert.deepEqual({ status, error, id }, { status: 'error', error: 'invalid_grant', id: undefined });
    assert.deepEqual(await mock.connections('gmail'), before);
};
