// Without a return_url the flow ends on a page of the mock, which names the new connection. Reloading it is harmless.

import assert from 'node:assert/strict';
import { isResult, press } from '../lib/steps.mjs';

export default async ({ mock, page }) => {
    await page.goto(await mock.startNative('googledrive'));
    await press(page, 'approve');
    await isResult(page, 'good');

    const made = await mock.connections('googledrive');
    const text = await page.getByRole('main').innerText();
    assert.ok(text.includes('Google Drive - olivia@acme.example'), text);
    assert.ok(text.includes(made[0].id), text);

    await page.reload();
    await isResult(page, 'good');
    assert.equal(await page.getByRole('main').innerText(), text);
    assert.deepEqual(await mock.connections('googledrive'), made);
};
