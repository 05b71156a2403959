// With --admin-token the console asks for the token, keeps it in the tab alone, and shows it nowhere.

import assert from 'node:assert/strict';
import { act, curl, openTab } from '../lib/console.mjs';
import { complaint } from '../lib/steps.mjs';

const TOKEN = 'canary-token';

export const options = { javaScriptEnabled: true };
export const flags = ['--admin-token', TOKEN];
export const expected = [complaint(401)];

async function unlock(page, token) {
    await page.getByLabel('Admin token').fill(token);
    await page.getByRole('button', { name: 'Open the console' }).click();
}

export default async ({ mock, page, context }) => {
    await page.goto(`${mock.origin}/_mock/`);
    assert.equal(await page.getByTestId('space').count(), 0);
    await unlock(page, 'wrong');
    await page.getByText('Invalid admin token').waitFor();
    await unlock(page, TOKEN);
    await page.locator('.pulse:text-is("live")').waitFor();

    await openTab(page, 'Clock');
    await act(page, 'clock', 'Freeze');
    assert.ok((await curl(page)).startsWith('curl -H "Authorization: Bearer $DUVO_MOCK_ADMIN_TOKEN" -X PUT '));
    await page.getByTestId('clock-mode').filter({ hasText: 'frozen' }).waitFor();
    await page.reload();
    await page.locator('.pulse:text-is("live")').waitFor();
    assert.ok(!(await page.content()).includes(TOKEN));
    assert.deepEqual(await context.cookies(), []);
    assert.equal(await page.evaluate(() => localStorage.length), 0);

    await page.getByRole('button', { name: 'Lock', exact: true }).click();
    await page.getByLabel('Admin token').waitFor();
    assert.equal(await page.getByTestId('space').count(), 0);
};
