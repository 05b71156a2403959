// One space of a thousand is found by a search in the console, and dropped there; one more is shown as it is made.

import assert from 'node:assert/strict';
import { openConsole } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

const MANY = 1005, LAST = `suite-${MANY - 1}`;

export default async ({ mock, page }) => {
    for (let i = 0; i < MANY; i++)
        await mock.must(201, 'POST', '/_mock/spaces', { name: `suite-${i}` });
    await openConsole(page, mock, '?tab=spaces');
    await page.getByRole('link', { name: 'More' }).click();
    await page.getByRole('link', { name: 'From the first' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(LAST);
    await page.getByTestId('total').filter({ hasText: `1 of ${MANY + 1}` }).waitFor();
    assert.equal(await page.locator('#spaces .row').count(), 1);
    await page.getByRole('button', { name: `Drop space ${LAST}` }).click();
    await page.getByText(`No space matches ${LAST}`).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Clear' }).click();
    await page.locator('#spaces [data-key="default"]').waitFor();
    const total = page.getByTestId('total');
    assert.equal(await total.innerText(), `${MANY}`);
    await mock.must(201, 'POST', '/_mock/spaces', { name: 'late' });
    await total.filter({ hasText: `${MANY + 1}` }).waitFor();
};
