// A connection on the console: made, changed, shared, broken and deleted there; its headers by name, and the ways to its
// requests, to other rows that name it and to what can be done with it. What is refused is said, and stays in its field.

import assert from 'node:assert/strict';
import { act, curl, fill, openConsole } from '../lib/console.mjs';
import { complaint } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true };
export const expected = [complaint(400)];

export default async ({ mock, page }) => {
    await openConsole(page, mock, '?tab=connections');
    const form = await fill(page, 'Create a connection', { server_url: 'nowhere' });
    await form.getByRole('button').click();
    await page.getByTestId('told').filter({ hasText: /^400 .*body\/name/ }).waitFor();
    assert.equal(await form.getByLabel('server_url').inputValue(), 'nowhere');
    await fill(page, 'Create a connection', { 'name': 'Made "here"', 'auth_method': 'headers',
        'server_url': 'https://a.example', 'headers.secret': 'X-Key: canary\nX-Other=canary' });
    assert.match(await curl(page), /^curl -H "Authorization: Bearer \$KEY" -X POST '.*"X-Key":"'"\$X_KEY"'","X-Other"/);
    await act(page, 'list', 'Create a connection');
    await page.locator('#detail h2', { hasText: 'Made "here"' }).waitFor();
    await page.locator('#detail').getByText('X-Other').first().waitFor();
    assert.ok(!(await page.content()).includes('canary'));

    const change = await fill(page, 'Update a connection', { name: 'Changed', shared: 'true' });
    assert.match(await curl(page), / -X PATCH '.*' --json '\{"name":"Changed","shared":true\}'$/);
    await change.getByRole('button').click();
    await page.locator('#detail h2', { hasText: 'Changed' }).waitFor();
    const id = await page.locator('#detail').getAttribute('data-id');
    const { shared, server_url: url } = await mock.must(200, 'GET', `/v2/connections/${id}`);
    assert.deepEqual({ shared, url }, { shared: true, url: 'https://a.example' });
    await change.getByRole('button').click();
    await page.getByTestId('told').filter({ hasText: 'Nothing is changed yet' }).waitFor();

    await page.getByRole('link', { name: 'Its requests' }).click();
    await page.locator('.entry', { hasText: 'updateConnection' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'What can be done with it' }).click();
    await page.locator('.endpoint', { hasText: '/v2/connections/{connection_id}/credentials' }).waitFor();
    await page.goBack();
    await act(page, 'detail', 'Delete a connection');
    await page.getByText('There is no such row any more').waitFor();
    await mock.must(404, 'GET', `/v2/connections/${id}`);
};
