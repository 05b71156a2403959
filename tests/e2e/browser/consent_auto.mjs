// With --consent auto not even a browser is asked: the link leads straight back to the application.

import assert from 'node:assert/strict';

export const flags = ['--consent', 'auto'];

export default async ({ mock, app, page }) => {
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    assert.equal((await mock.connection(app.arrival().connection_id)).name, 'Gmail - olivia@acme.example');
};
