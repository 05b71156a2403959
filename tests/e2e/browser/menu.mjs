// The menu offers the seven other outcomes, closed until somebody opens it.

import assert from 'node:assert/strict';

const OUTCOMES = ['invalid_scope', 'server_error', 'temporarily_unavailable', 'wrong_state', 'missing_code',
    'expired_code', 'closed'];

export default async ({ mock, page }) => {
    await page.goto(await mock.startNative('gmail'));
    const buttons = page.getByTestId('outcome');
    assert.deepEqual(await buttons.evaluateAll(list => list.map(button => button.value)), OUTCOMES);
    assert.deepEqual(await buttons.evaluateAll(list => list.map(button => button.dataset.outcome)), OUTCOMES);
    for (const button of await buttons.all())
        assert.ok(!await button.isVisible());
    await page.locator('summary').click();
    for (const button of await buttons.all())
        assert.ok(await button.isVisible());
};
