// Without scripts the console shows the state and the commands, leads everywhere, searches, and has no button that would do
// nothing: each is in a form that is sent.

import assert from 'node:assert/strict';
import { openTab } from '../lib/console.mjs';
import { complaint, leave } from '../lib/steps.mjs';

const TABS = [['Requests', 'createConnection'], ['Sign-ins', 'Next consents'], ['Connections', 'Plain'],
    ['Agents and runs', 'Schedules'], ['Spaces', 'default'], ['Faults', 'No faults'], ['Clock', 'running'],
    ['Fixtures and snapshots', 'connections'], ['MCP servers', '/_mock/mcp/oauth'], ['Webhooks', 'no subscriptions'],
    ['Reference', 'Endpoints']];

export const tolerated = [complaint(404)]; // the browser wants an icon for what is no page

export default async ({ mock, page }) => {
    await mock.must(201, 'POST', '/v1/connections', { name: 'Plain', provider: 'user', auth_method: 'url' });
    await page.goto(`${mock.origin}/_mock`);
    assert.equal(page.url(), `${mock.origin}/_mock/`);
    for (const [tab, part] of TABS) {
        await openTab(page, tab);
        const text = await page.getByRole('main').innerText();
        assert.ok(text.includes(part), `${tab}: ${part} is missing in\n${text}`);
        assert.equal(await page.locator('main :is(button, input, select):visible:not(form[role=search] *, form[method=post] *)').count(), 0);
    }
    await openTab(page, 'Fixtures and snapshots');
    await page.locator('#reset .curls summary').click();
    assert.ok((await page.locator('#reset pre').innerText()).includes(`curl -X POST '${mock.origin}/_mock/reset'`));
    await openTab(page, 'Requests');
    await page.getByLabel('Find').fill('status:4xx');
    await leave(page, () => page.getByRole('button', { name: 'Find' }).click());
    await page.getByText('No request matches').waitFor();
    await leave(page, () => page.getByRole('link', { name: 'Clear' }).click());
    await leave(page, () => page.locator('.entry').click());
    assert.match(await page.getByTestId('request').innerText(), /"name": "Plain"/);
    await page.getByRole('link', { name: 'curl', exact: true }).click();
    assert.match(await page.locator('body').innerText(), /^curl -X 'POST'/);
};
