// Spaces are made, visited and dropped on the console; to look at one that is gone does not bring it back.

import assert from 'node:assert/strict';
import { act, curl, openConsole, openTab } from '../lib/console.mjs';
import { complaint } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true };
export const expected = [complaint(404)];

async function names(mock) {
    return (await mock.must(200, 'GET', '/_mock/spaces')).spaces.map(space => space.name);
}

export default async ({ mock, page }) => {
    await openConsole(page, mock, '?tab=spaces');
    await page.getByLabel('Name', { exact: true }).fill('worker-1');
    await act(page, 'spaces', 'Make a space');
    await page.getByRole('main').getByRole('link', { name: 'worker-1' }).click();
    await page.getByTestId('space').filter({ hasText: 'worker-1' }).waitFor();
    assert.equal(page.url(), `${mock.origin}/_mock/s/worker-1/_mock/?tab=spaces`);
    await openTab(page, 'Fixtures and snapshots');
    await act(page, 'reset', 'Empty');
    assert.ok((await curl(page)).includes(`curl -X POST '${mock.origin}/_mock/s/worker-1/_mock/reset' --json `));
    assert.notEqual((await mock.must(200, 'GET', '/v1/connections')).total, 0);

    await mock.must(200, 'DELETE', '/_mock/spaces/worker-1');
    await page.getByText('This space was dropped').waitFor();
    await page.waitForTimeout(1500);
    assert.deepEqual(await names(mock), ['default']);
};
