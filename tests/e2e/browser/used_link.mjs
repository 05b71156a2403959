// A link that was approved before leads to its result, at the application and on the mock's own page.

import assert from 'node:assert/strict';
import { isResult, press } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    for (const body of [{ return_url: app.url('/done') }, {}]) {
        const link = await mock.startNative('gmail', body);
        await page.goto(link);
        await press(page, 'approve');
        const made = await mock.connections('gmail'), end = page.url();

        await page.goto(link);
        assert.equal(page.url(), end);
        if (!body.return_url)
            await isResult(page, 'good');
        assert.deepEqual(await mock.connections('gmail'), made);
    }
};
