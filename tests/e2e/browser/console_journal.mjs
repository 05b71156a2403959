// The console sees the journal grow by itself, shows an entry beside the list, finds entries, and forgets them all.

import assert from 'node:assert/strict';
import { act, openConsole } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

export default async ({ mock, page }) => {
    await openConsole(page, mock);
    await page.getByText('No requests yet').waitFor();
    await mock.must(201, 'POST', '/v1/connections', { name: 'Grown', provider: 'user', auth_method: 'url' });
    const entry = page.locator('.entry', { hasText: 'createConnection' });
    await entry.waitFor();

    await entry.click();
    const inside = page.getByTestId('request').filter({ hasText: '"name": "Grown"' });
    await inside.waitFor();
    assert.match(await inside.innerText(), /authorization: \[redacted:/);
    await page.getByTestId('as-curl').filter({ hasText: "curl -X 'POST'" }).waitFor();
    await mock.must(200, 'GET', '/v1/profile');
    await page.locator('.entry', { hasText: 'getProfile' }).waitFor();
    assert.ok(await inside.isVisible(), 'an open entry stays open');

    await page.locator('#q').fill('method:post grown');
    await page.getByTestId('total').filter({ hasText: '1 of 2' }).waitFor();
    assert.equal(await page.locator('.entry').count(), 1);
    await page.locator('#q').fill('');
    await page.locator('.entry', { hasText: 'getProfile' }).waitFor();
    await act(page, 'requests', 'Forget all requests');
    await page.getByText('No requests yet').waitFor();
    assert.equal((await mock.must(200, 'GET', '/_mock/requests')).total, 0);
};
