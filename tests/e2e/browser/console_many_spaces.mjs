// One space of hundreds is found by a search in the console, and dropped there.

import assert from 'node:assert/strict';
import { openConsole } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

export default async ({ mock, page }) => {
    for (let i = 0; i < 150; i++)
        await mock.must(201, 'POST', '/_mock/spaces', { name: `suite-${i}` });
    await openConsole(page, mock, '?tab=spaces');
    await page.getByRole('link', { name: 'More' }).click();
    await page.getByRole('link', { name: 'From the first' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'suite-149' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('suite-149');
    await page.getByTestId('total').filter({ hasText: '1 of 151' }).waitFor();
    assert.equal(await page.locator('#spaces .row').count(), 1);
    await page.getByRole('button', { name: 'Drop space suite-149' }).click();
    await page.getByText('No space matches suite-149').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Clear' }).click();
    await page.getByTestId('total').filter({ hasText: /^150$/ }).waitFor();
};
