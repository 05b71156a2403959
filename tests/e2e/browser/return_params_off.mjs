// With --return-params off the application gets exactly the return_url, whatever happened.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

export const flags = ['--return-params', 'off'];

export default async ({ mock, app, page }) => {
    const url = app.url('/done?a=1&a=2#part');
    for (const decision of ['approve', 'deny']) {
        await page.goto(await mock.startNative('gmail', { return_url: url }));
        await press(page, decision);
        assert.equal(page.url(), url);
    }
};
