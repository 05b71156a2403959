// In a popup: the application that opened it hears of the end, and can close it.

import assert from 'node:assert/strict';

export const options = { javaScriptEnabled: true };

export default async ({ mock, app, page }) => {
    const done = app.serve('/done', '<script>opener.postMessage(location.search, "*"); close()</script>');
    const link = await mock.startNative('gmail', { return_url: done });
    await page.goto(app.serve('/', '<p id="heard"></p><script>' +
        'onmessage = event => { document.getElementById("heard").textContent = event.data; }</script>'));
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.evaluate(url => { window.open(url); }, link)]);
    await popup.getByTestId('approve').click();
    if (!popup.isClosed())
        await popup.waitForEvent('close');
    await page.waitForFunction(() => document.getElementById('heard').textContent);
    const heard = new URLSearchParams(await page.locator('#heard').textContent());
    assert.equal(heard.get('status'), 'success');
};
