// Sign-ins on the console: one is started there, opened, allowed as somebody, refused, ended otherwise, and left to expire;
// what came of it stays, with the way to the connection.

import assert from 'node:assert/strict';
import { act, openConsole } from '../lib/console.mjs';
import { press } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true };

const newest = page => page.locator('.item').first();
const shows = (page, state) => page.locator('#detail h2 .pill', { hasText: state }).waitFor();

async function start(page) {
    await page.getByLabel('Provider').fill('gmail');
    await page.locator('#start').getByRole('button', { name: 'Start' }).click();
    await newest(page).locator('.pill', { hasText: 'pending' }).waitFor();
    await newest(page).click();
    await shows(page, 'pending');
}

export default async ({ mock, page, context }) => {
    await openConsole(page, mock, '?tab=sign-ins');
    await page.getByText('There are no sign-ins. Start one').waitFor();
    await start(page);
    await page.getByLabel('As', { exact: true }).fill('marcus@acme.example');
    await act(page, 'detail', 'Allow');
    await shows(page, 'connected');
    await page.getByRole('link', { name: 'Its connection' }).click();
    await page.locator('#detail h2', { hasText: 'marcus@acme.example' }).waitFor();

    await page.goBack();
    await start(page);
    await act(page, 'detail', 'Deny');
    await shows(page, 'failed');
    await page.locator('#detail').getByText('access_denied').first().waitFor();

    await start(page);
    await page.locator('#detail select[name=outcome]').selectOption('server_error');
    await act(page, 'detail', 'End it so');
    await shows(page, 'failed');

    await start(page);
    await act(page, 'detail', 'Expire');
    await shows(page, 'expired');
    assert.equal(await page.getByRole('link', { name: 'Open the page' }).count(), 0);

    await start(page);
    const other = await context.newPage();
    await other.goto(await page.getByRole('link', { name: 'Open the page' }).getAttribute('href'));
    await press(other, 'approve');
    await shows(page, 'connected');
    await other.close();

    await mock.startComposio('http://localhost:3000/done');
    await page.getByRole('link', { name: 'Composio accounts' }).click();
    await newest(page).click();
    await act(page, 'detail', 'Allow');
    await shows(page, 'ACTIVE');
};
