// Enter, wherever in the form, means Allow; Deny stands beside it, and before it.

import assert from 'node:assert/strict';
import { leave } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    const [deny, allow] = await Promise.all(['deny', 'approve'].map(id => page.getByTestId(id).boundingBox()));
    assert.equal(deny.y, allow.y);
    assert.ok(deny.x + deny.width < allow.x);
    await page.locator('input[name=account]').first().focus();
    await leave(page, () => page.keyboard.press('Enter'));
    assert.equal(app.arrival().status, 'success');
};
