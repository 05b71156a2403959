// No secret that the mock was given is in the console's document, not even when every request is opened.

import assert from 'node:assert/strict';
import { openConsole, openTab } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

async function plant(mock) {
    await mock.must(201, 'POST', '/v1/connections', { name: 'Planted', provider: 'user', auth_method: 'headers',
        server_url: 'https://a.example/?api_key=canary1', headers: { secret: { 'X-Key': 'canary2' } } });
    await mock.must(201, 'POST', '/v1/integrations/custom', { name: 'Planted', auth_method: 'oauth',
        server_url: 'https://a.example', oauth_client_id: 'client', oauth_client_secret: 'canary3' });
    await mock.must(201, 'POST', '/_mock/faults', { match: { header: { authorization: 'Bearer canary4' } },
        action: { status: 500 } });
    await fetch(`${mock.origin}/v1/profile?token=canary5`, { headers: { authorization: 'Bearer canary6',
        cookie: 'canary7', 'x-api-key': 'canary8' } });
}

export default async ({ mock, page }) => {
    await plant(mock);
    await openConsole(page, mock);
    const entries = page.locator('.entry');
    assert.equal(await entries.count(), 3);
    for (const operation of ['createConnection', 'createCustomIntegration', 'getProfile']) {
        await entries.filter({ hasText: operation }).click();
        await page.locator(`#detail[data-operation="${operation}"]`).waitFor();
        const html = await page.content();
        assert.ok(html.includes('[redacted:'));
        assert.doesNotMatch(html, /canary|dv_test_/);
    }
    await openTab(page, 'Connections');
    await page.locator('.item', { hasText: 'Planted' }).click();
    await page.getByText('X-Key').waitFor();
    assert.doesNotMatch(await page.content(), /canary|dv_test_/);
};
