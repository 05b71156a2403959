// Without a return_url a refusal ends on a page of the mock, which names the error.

import assert from 'node:assert/strict';
import { isResult, press } from '../lib/steps.mjs';

export default async ({ mock, page }) => {
    await page.goto(await mock.startNative('googledrive'));
    await press(page, 'deny');
    await isResult(page, 'bad');
    assert.match(await page.getByRole('main').innerText(), /access_denied/);
};
