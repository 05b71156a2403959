// Texts of clients stay text on the console, when it is opened and when it looks again; its policy stops what is not.

import assert from 'node:assert/strict';
import { openConsole, openTab } from '../lib/console.mjs';

const hostile = '<img src=x onerror=alert(1)><script>alert(2)</script>"\'>';

export const options = { javaScriptEnabled: true };
export const expected = [/TrustedHTML/];

async function plant(mock) {
    const { id } = await mock.must(201, 'POST', '/v1/connections',
        { name: hostile, provider: 'user', auth_method: 'url' });
    await mock.must(200, 'POST', `/_mock/connections/${id}/transition`, { to: 'broken', reason: hostile });
    await mock.must(201, 'POST', '/_mock/faults', { match: { path: `*${hostile}` }, action: { status: 500, body: hostile } });
    await mock.must(200, 'PUT', `/_mock/snapshots/${encodeURIComponent(hostile.replaceAll('/', ''))}`);
    await fetch(`${mock.origin}/v1/${encodeURIComponent(hostile)}?q=${hostile}`, { method: 'POST', body: hostile,
        headers: { 'x-request-id': '"><script>alert(3)</script>', 'x-hostile': hostile } });
}

async function check(page, text = hostile) {
    assert.equal(await page.locator('img, body script, [onerror]').count(), 0);
    assert.ok((await page.getByRole('main').innerText()).includes(text));
}

export default async ({ mock, page }) => {
    await openConsole(page, mock, '?tab=connections');
    await plant(mock);
    const row = page.locator('.item', { hasText: hostile }).first();
    await row.click();
    await page.locator('#detail .pill', { hasText: 'broken' }).waitFor();
    assert.equal(await page.locator('#detail h2 bdi').first().textContent(), hostile);
    await check(page);
    await openTab(page, 'Requests');
    await page.locator('.entry', { hasText: '404' }).click();
    await page.getByTestId('request').filter({ hasText: 'x-hostile' }).waitFor();
    await check(page);
    await page.reload();
    await check(page);
    await page.locator('#q').fill(`"nowhere ${hostile}"`);
    await page.getByText('No request matches').waitFor();
    await check(page);

    const refused = await page.evaluate(() => {
        try {
            document.body.innerHTML += '<b>x</b>';
            return false;
        } catch {
            return true;
        }
    });
    assert.ok(refused, 'a script of the page cannot make markup of a text');
};
