// A fixture document is loaded on the console, which shows its command while it is typed; what is refused is said, and stays.

import assert from 'node:assert/strict';
import { act, curl, openConsole } from '../lib/console.mjs';
import { complaint } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true };
export const expected = [complaint(400)];

const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002', ID = '6f1d2c3b-9999-4aaa-8bbb-0000000000ff';
const DOCUMENT = JSON.stringify({ queues: [{ id: ID, team_id: TEAM, name: "Loaded, it's" }] });

export default async ({ mock, page }) => {
    await openConsole(page, mock, '?tab=fixtures');
    const field = page.getByLabel('A document to add');
    await field.fill('{"queus": []}');
    await page.locator('#fixtures').getByRole('button', { name: 'Load' }).click();
    await page.getByTestId('told').filter({ hasText: /^400 .*queus/ }).waitFor();
    assert.equal(await field.inputValue(), '{"queus": []}');
    await field.fill(DOCUMENT);
    assert.equal(await curl(page),
        `curl -X POST '${mock.origin}/_mock/fixtures' --json '${DOCUMENT.replaceAll("'", "'\\''")}'`);
    await act(page, 'fixtures', 'Load');
    const { queue } = await mock.must(200, 'GET', `/v2/queues/${ID}`);
    assert.equal(queue.name, "Loaded, it's");
};
