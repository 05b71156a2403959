// The console sees the journal grow by itself, opens an entry with what was said, finds entries, and forgets them all.

import assert from 'node:assert/strict';
import { act, openConsole } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

export default async ({ mock, page }) => {
    await openConsole(page, mock);
    await page.getByText('No requests yet').waitFor();
    await mock.must(201, 'POST', '/v1/connections', { name: 'Grown', provider: 'user', auth_method: 'url' });
    const entry = page.locator('.entry', { hasText: 'createConnection' });
    await entry.waitFor();
    await page.getByText('Grown').first().waitFor();

    await entry.locator('summary').click();
    const inside = await entry.locator('pre', { hasText: '"Grown"' }).first();
    await inside.waitFor();
    assert.match(await entry.innerText(), /authorization: \[redacted:/);
    await entry.locator('pre', { hasText: "curl -X 'POST'" }).waitFor();
    await mock.must(200, 'GET', '/v1/profile');
    await page.locator('.entry', { hasText: 'getProfile' }).waitFor();
    assert.ok(await inside.isVisible(), 'an open entry stays open');

    await page.getByLabel('Find').fill('post 201');
    assert.equal(await page.locator('.entry:visible').count(), 1);
    await page.getByLabel('Find').fill('');
    await act(page, 'requests', 'Clear');
    await page.getByText('No requests yet').waitFor();
    assert.equal((await mock.must(200, 'GET', '/_mock/requests')).total, 0);
};
