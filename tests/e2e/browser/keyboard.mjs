// Everything can be done with the keyboard alone: picking an account, and approving. The focus is always visible.

import assert from 'node:assert/strict';
import { leave } from '../lib/steps.mjs';

const focused = page => page.evaluate(() => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
    const { name, value, dataset, tagName } = document.activeElement;
    const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
    return { name, value, testId: dataset.testid, tagName, visible: outlined || boxShadow !== 'none' };
});

/** Presses Tab until the focus is where it is wanted; answers how often. */
async function tabTo(page, wanted) {
    for (let presses = 1; presses <= 12; presses++) {
        await page.keyboard.press('Tab');
        const now = await focused(page);
        if (now.tagName !== 'BODY' && now.name !== 'account')   // a styled radio may show the focus on its label
            assert.ok(now.visible, `the focus is not visible on ${JSON.stringify(now)}`);
        if (wanted(now))
            return presses;
    }
    throw new Error('not reached with twelve presses of Tab');
}

export default async ({ mock, app, page }) => {
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    await tabTo(page, now => now.name === 'account');
    await page.keyboard.press('ArrowDown');
    const { value: account } = await focused(page);
    assert.notEqual(account, 'olivia@acme.example');
    await tabTo(page, now => now.testId === 'approve');
    await leave(page, () => page.keyboard.press('Enter'));

    assert.equal((await mock.connection(app.arrival().connection_id)).name, `Gmail - ${account}`);
};
