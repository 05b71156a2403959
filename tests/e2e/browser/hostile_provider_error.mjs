// An error text that comes back through the browser is shown as text on the mock's result page.

import assert from 'node:assert/strict';
import { isResult } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true };

const TEXT = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

export default async ({ mock, page }) => {
    const link = new URL(await mock.startNative('gmail'));
    const back = new URL(link.searchParams.get('redirect_uri'));
    back.searchParams.set('state', link.searchParams.get('state'));
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set('error_description', TEXT);
    await page.goto(back.href);

    await isResult(page, 'bad');
    assert.ok((await page.getByTestId('result').innerText()).includes(TEXT));
    assert.equal(await page.locator('script, img').count(), 0);
};
