// A mock that has ended is said to be silent in plain words, in the page's head and where something was asked for.

import { openConsole } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };
export const tolerated = [/ERR_/];

export default async ({ mock, page }) => {
    await openConsole(page, mock, '?tab=faults');
    await mock.stop();
    await page.locator('.pulse', { hasText: 'the mock does not answer' }).waitFor();
    await page.waitForTimeout(1500); // until it was asked for again
    await page.locator('.pulse', { hasText: 'the mock does not answer' }).waitFor();
    await page.getByRole('button', { name: 'Delete all' }).click();
    await page.getByTestId('told').filter({ hasText: 'the mock does not answer' }).waitFor();
};
