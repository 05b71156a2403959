// The same link in two tabs: what is approved second is refused, and there is one connection.

import assert from 'node:assert/strict';
import { complaint, isRefusal, press } from '../lib/steps.mjs';

export const expected = [complaint(400)];

export default async ({ mock, app, page, context }) => {
    const before = await mock.connections('gmail');
    const link = await mock.startNative('gmail', { return_url: app.url('/done') });
    const other = await context.newPage();
    await page.goto(link);
    await other.goto(link);
    await press(page, 'approve');
    await press(other, 'approve');

    await isRefusal(other);
    assert.equal(app.arrival().status, 'success');
    assert.equal((await mock.connections('gmail')).length, before.length + 1);
};
