// A double click on approve makes one connection, and the browser ends where the application hears of it.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

export default async ({ mock, app, page }) => {
    const before = await mock.connections('gmail');
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    await page.getByTestId('approve').dblclick();
    for (const end = Date.now() + 10000; !app.visits.length && Date.now() < end;)
        await sleep(20);
    await sleep(300);   // for whatever the second click does

    assert.equal(app.arrival().status, 'success');
    assert.equal(new URL(page.url()).pathname, '/done');
    assert.equal((await mock.connections('gmail')).length, before.length + 1);
};
