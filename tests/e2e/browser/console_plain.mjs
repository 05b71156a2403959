// Without scripts the console shows the state and the commands, and no button that would do nothing.

import assert from 'node:assert/strict';
import { complaint } from '../lib/steps.mjs';

export const tolerated = [complaint(404)]; // the browser wants an icon for what is no page

export default async ({ mock, page }) => {
    await mock.must(201, 'POST', '/v1/connections', { name: 'Plain', provider: 'user', auth_method: 'url' });
    await page.goto(`${mock.origin}/_mock`);
    assert.equal(page.url(), `${mock.origin}/_mock/`);
    const text = await page.getByRole('main').innerText();
    for (const part of ['Plain', '/v1/connections', 'createConnection', 'running', '/_mock/mcp/oauth', 'default'])
        assert.ok(text.includes(part), `${part} is missing in\n${text}`);
    assert.equal(await page.locator('button:visible, input:visible, select:visible').count(), 0);
    await page.locator('#reset .curls summary').click();
    assert.ok((await page.locator('#reset pre').innerText()).includes(`curl -X POST '${mock.origin}/_mock/reset'`));
    await page.locator('.entry summary').click();
    await page.getByRole('link', { name: 'curl' }).click();
    assert.match(await page.locator('body').innerText(), /^curl -X 'POST'/);
};
