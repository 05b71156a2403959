// The menu of other outcomes opens and is used with the keyboard alone.

import assert from 'node:assert/strict';
import { leave } from '../lib/steps.mjs';

const focused = page => page.evaluate(() => document.activeElement.dataset.outcome ?? document.activeElement.tagName);

async function tabTo(page, wanted) {
    for (let presses = 0; presses < 12; presses++) {
        await page.keyboard.press('Tab');
        if (await focused(page) === wanted)
            return;
    }
    throw new Error(`${wanted} is not reached with twelve presses of Tab`);
}

export default async ({ mock, app, page }) => {
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    await tabTo(page, 'SUMMARY');
    await page.keyboard.press('Enter');
    await tabTo(page, 'server_error');
    await leave(page, () => page.keyboard.press('Space'));
    assert.equal(app.arrival().error, 'server_error');
};
