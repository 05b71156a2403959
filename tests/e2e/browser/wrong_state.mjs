// With a state that nobody sent, the browser stays on a page that refuses; the application is not told anything.

import assert from 'node:assert/strict';
import { choose, complaint, isRefusal } from '../lib/steps.mjs';

export const expected = [complaint(400)];

export default async ({ mock, app, page }) => {
    const before = await mock.connections('gmail');
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    await choose(page, 'wrong_state');

    await isRefusal(page);
    assert.equal(new URL(page.url()).pathname, '/v1/oauth/callback/gmail');
    assert.deepEqual(app.visits, []);
    assert.deepEqual(await mock.connections('gmail'), before);
};
