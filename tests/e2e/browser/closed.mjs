// A closed window leaves the flow pending: nothing is sent back, and the same link can be approved later.

import assert from 'node:assert/strict';
import { choose, isResult, press } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    const before = await mock.connections('gmail');
    const link = await mock.startNative('gmail', { return_url: app.url('/done') });
    await page.goto(link);
    await choose(page, 'closed');

    await isResult(page, 'neutral');
    assert.deepEqual(app.visits, []);
    assert.deepEqual(await mock.connections('gmail'), before);

    await page.goto(link);
    await press(page, 'approve');
    assert.equal(app.arrival().status, 'success');
};
