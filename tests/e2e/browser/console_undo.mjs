// What the console resets or empties is taken as the snapshot undo before, and comes back by one press; by default that is
// the data alone.

import assert from 'node:assert/strict';
import { act, curl, openConsole } from '../lib/console.mjs';
import { complaint } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true };
export const expected = [complaint(400), complaint(409)];

const total = async mock => (await mock.must(200, 'GET', '/v1/connections?limit=1')).total;
const undo = page => page.locator('#bar').getByRole('button', { name: 'Undo' });

async function empties(mock, page) {
    const before = await total(mock);
    await act(page, 'reset', 'Empty');
    assert.equal(await total(mock), 0);
    const at = `${mock.origin}/_mock`;
    assert.equal(await curl(page), `curl -X PUT '${at}/snapshots/undo'\n` +
        `curl -X POST '${at}/reset' --json '{"only":["data"],"to":"empty"}'`);
    await page.locator('#reset .row', { hasText: 'undo' }).waitFor();
    await undo(page).click();
    await page.getByText('the data is as it was').waitFor();
    assert.equal(await total(mock), before);
    assert.equal(await curl(page), `curl -X POST '${at}/snapshots/undo/restore'`);
    assert.ok(await undo(page).isHidden());
}

async function resetsAll(mock, page) {
    await mock.must(200, 'PATCH', '/_mock/settings', { strict: true });
    await page.getByLabel('Of').selectOption('');
    await act(page, 'reset', 'Reset');
    assert.equal((await mock.must(200, 'GET', '/_mock/requests')).total, 0);
    assert.equal((await mock.must(200, 'GET', '/_mock/settings')).strict, false);
}

/** Without room for the snapshot nothing is reset. */
async function refuses(mock, page) {
    await mock.must(200, 'DELETE', '/_mock/snapshots');
    for (let i = 0, status = 200; status === 200; i++)
        ({ status } = await mock.call('PUT', `/_mock/snapshots/s${i}`));
    const before = await total(mock);
    await page.locator('#reset').getByRole('button', { name: 'Empty', exact: true }).click();
    await page.getByTestId('told').filter({ hasText: '409' }).waitFor();
    assert.equal(await total(mock), before);
    assert.ok(await undo(page).isHidden());
}

export default async ({ mock, page }) => {
    await openConsole(page, mock, '?tab=fixtures');
    await empties(mock, page);
    await resetsAll(mock, page);
    await page.getByLabel('A document to add').fill(JSON.stringify({ scopes: [], connections: [{}] }));
    await page.getByRole('button', { name: 'Load' }).click();
    await page.getByTestId('told').filter({ hasText: /^400 .*connections/ }).waitFor();
    assert.match(await page.getByLabel('A document to add').inputValue(), /connections/, 'what is wrong is still there');
    await refuses(mock, page);
};
