// A provider that sends the browser back without a code makes no connection; the application learns of an error.

import assert from 'node:assert/strict';
import { choose } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    const before = await mock.connections('gmail');
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    await choose(page, 'missing_code');

    const { status, error, connection_id: id } = app.arrival();
    assert.deepEqual({ status, error, id }, { status: 'error', error: 'invalid_request', id: undefined });
    assert.deepEqual(await mock.connections('gmail'), before);
};
