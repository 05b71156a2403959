// A link that was approved before shows a page that refuses, in the same browser and in another.

import assert from 'node:assert/strict';
import { complaint, isRefusal, press } from '../lib/steps.mjs';

export const expected = [complaint(400)];

export default async ({ mock, app, page }) => {
    const link = await mock.startNative('gmail', { return_url: app.url('/done') });
    await page.goto(link);
    await press(page, 'approve');
    const made = await mock.connections('gmail');

    const reply = await page.goto(link);
    assert.equal(reply.status(), 400);
    await isRefusal(page);
    assert.equal(app.visits.length, 1);
    assert.deepEqual(await mock.connections('gmail'), made);
};
