// Texts of clients, fixtures and links are shown as they are, and never become markup or script.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

const hostile = at => `${at}<script>alert("${at}")</script><img src=x onerror='alert("${at}")'>"><b>{{next_url}}&lt;`;
const address = '"><script>alert(1)</script><img/src=x/onerror=alert(1)>@x.example';

export const options = { javaScriptEnabled: true };
export const fixtures = {
    people: [{ id: '6f1d2c3b-1111-4aaa-8bbb-00000000000a', name: hostile('person'), email: 'eve@acme.example' }],
    members: [{ team_id: '6f1d2c3b-2222-4aaa-8bbb-000000000002', user_id: '6f1d2c3b-1111-4aaa-8bbb-00000000000a',
        role: 'member' }],
    oauth_providers: [{ key: 'google_gmail', slugs: ['gmail'], type: 'gmail', name: hostile('provider'),
        client_id: 'duvo' }],
    scopes: [{ scope: 'https://www.googleapis.com/auth/gmail.modify', about: hostile('scope') }],
};

export default async ({ mock, page }) => {
    await page.goto(await mock.startNative('gmail', { [hostile('name')]: hostile('value'), login_hint: address }));
    const text = await page.getByRole('main').innerText();
    for (const shown of [...['provider', 'scope', 'name', 'value', 'person'].map(hostile), address])
        assert.ok(text.includes(shown), `${shown} is missing in:\n${text}`);
    assert.equal(await page.locator('script, img, main b:has-text("{{next_url}}")').count(), 0);

    await press(page, 'approve');
    assert.ok((await page.getByTestId('result').innerText()).includes(`Gmail - ${address}`));
    assert.equal(await page.locator('script, img').count(), 0);
};
