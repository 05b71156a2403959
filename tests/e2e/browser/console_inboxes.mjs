// An inbox on the console: made by sending to it, shown with what came, as it comes, and emptied.

import assert from 'node:assert/strict';
import { act, curl, fill, openConsole } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

export default async ({ mock, page }) => {
    await openConsole(page, mock, '?tab=webhooks&list=inboxes');
    await page.getByText('There are no inboxes').waitFor();
    await fill(page, 'Send to an inbox', { name: 'mine', body: '{"hello": "you"}' });
    assert.equal(await curl(page), `curl -X POST '${mock.origin}/_mock/inbox/mine' --json '{"hello":"you"}'`);
    await act(page, 'list', 'Send to an inbox');
    await page.locator('.item', { hasText: 'mine' }).click();
    await page.locator('#detail pre', { hasText: '"hello": "you"' }).waitFor();
    assert.equal((await mock.must(200, 'GET', '/_mock/inbox/mine')).total, 1);
    await mock.must(200, 'POST', '/_mock/inbox/mine', { hello: 'again' });
    await page.locator('#detail pre', { hasText: '"hello": "again"' }).waitFor();
    await mock.must(200, 'POST', '/_mock/inbox/other', { hello: 'there' });
    await page.locator('.item', { hasText: 'other' }).waitFor();
    await mock.must(200, 'DELETE', '/_mock/inbox/other');
    await page.locator('.item', { hasText: 'other' }).waitFor({ state: 'detached' });
    await act(page, 'detail', 'Empty an inbox');
    assert.equal(await curl(page), `curl -X DELETE '${mock.origin}/_mock/inbox/mine'`);
    await page.getByText('There is no such row any more').waitFor();
    assert.equal((await mock.must(200, 'GET', '/_mock/inbox/mine')).total, 0);
};
