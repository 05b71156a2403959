// An error of the provider that was chosen in the menu reaches the application under its name.

import assert from 'node:assert/strict';
import { choose } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    const before = await mock.connections('gmail');
    for (const outcome of ['invalid_scope', 'server_error', 'temporarily_unavailable']) {
        app.visits.length = 0;
        await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
        await choose(page, outcome);
        const { status, error } = app.arrival();
        assert.deepEqual({ status, error }, { status: 'error', error: outcome });
    }
    assert.deepEqual(await mock.connections('gmail'), before);
};
