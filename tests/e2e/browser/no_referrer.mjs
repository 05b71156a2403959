// The application does not learn the addresses of the mock's pages, with the state and code in them.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    await press(page, 'approve');
    await page.goto((await mock.startComposio(app.url('/composio'))).redirect_url);
    await press(page, 'approve');
    assert.equal(app.visits.length, 2);
    for (const visit of app.visits)
        assert.equal(visit.referer, undefined);
};
