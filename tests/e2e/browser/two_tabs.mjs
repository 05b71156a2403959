// The same link in two tabs: both end on the same result, and there is one connection.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

export default async ({ mock, app, page, context }) => {
    const before = await mock.connections('gmail');
    const link = await mock.startNative('gmail', { return_url: app.url('/done') });
    const other = await context.newPage();
    await page.goto(link);
    await other.goto(link);
    await press(page, 'approve');
    await press(other, 'deny');

    assert.equal(other.url(), page.url());
    assert.equal(new URL(other.url()).searchParams.get('status'), 'success');
    assert.equal((await mock.connections('gmail')).length, before.length + 1);
};
