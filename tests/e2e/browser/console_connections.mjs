// A connection on the console: made, changed, shared, broken and deleted there; its headers by name, and the ways to its
// requests, to other rows that name it and to what can be done with it. What is refused is said, and stays in its field.

import assert from 'node:assert/strict';
import { act, curl, openConsole } from '../lib/console.mjs';
import { complaint } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true };
export const expected = [complaint(400)];

const NEW = { name: 'Made "here"', provider: 'user', auth_method: 'headers', server_url: 'https://a.example',
    headers: { secret: { 'X-Key': 'canary' } } };

export default async ({ mock, page }) => {
    await openConsole(page, mock, '?tab=connections');
    await page.getByLabel('A new connection').fill('{"name": ""}');
    await page.locator('#list').getByRole('button', { name: 'Make' }).click();
    await page.getByTestId('told').filter({ hasText: /^400 .*body\/name/ }).waitFor();
    assert.equal(await page.getByLabel('A new connection').inputValue(), '{"name": ""}');
    await page.getByLabel('A new connection').fill(JSON.stringify(NEW));
    await act(page, 'list', 'Make');
    await page.locator('.item', { hasText: NEW.name }).click();
    await page.locator('#detail').getByText('X-Key').waitFor();
    assert.ok(!(await page.locator('#detail').innerText()).includes('canary'));

    const change = page.getByLabel('Change');
    assert.deepEqual(JSON.parse(await change.inputValue()), { name: NEW.name, shared: false });
    await change.fill('{"name": "Changed", "shared": true}');
    await act(page, 'detail', 'Save');
    assert.match(await curl(page), /^curl -X PATCH '.*' -H "Authorization: Bearer \$KEY" --json/);
    await page.locator('#detail h2', { hasText: 'Changed' }).waitFor();
    const id = await page.locator('#detail').getAttribute('data-id');
    assert.equal((await mock.must(200, 'GET', `/v2/connections/${id}`)).shared, true);

    await page.getByRole('link', { name: 'Its requests' }).click();
    await page.locator('.entry', { hasText: 'updateConnection' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'What can be done with it' }).click();
    await page.locator('.endpoint', { hasText: '/v2/connections/{connection_id}/credentials' }).waitFor();
    await page.goBack();
    await act(page, 'detail', 'Delete');
    await page.getByText('There is no such row any more').waitFor();
    await mock.must(404, 'GET', `/v2/connections/${id}`);
};
