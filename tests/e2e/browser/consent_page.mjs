// The page says who asks, what for, as whom, in which space, and where the browser goes next.

import assert from 'node:assert/strict';

const TEXTS = ['Duvo', 'Gmail', 'Google', 'default', 'https://www.googleapis.com/auth/gmail.modify',
    'Read, write and send e-mail', 'Olivia Owner', 'olivia@acme.example', 'campaign', 'spring offer'];

export default async ({ mock, app, page }) => {
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done/here'), campaign: 'spring offer' }));
    const text = await page.locator('body').innerText();
    for (const wanted of [...TEXTS, new URL(app.url('')).host, app.url('/done/here')])
        assert.ok(text.includes(wanted), `${wanted} is missing in:\n${text}`);
};
