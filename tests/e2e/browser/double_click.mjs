// A double click on approve makes one connection, of which the application hears once. (When the second click comes
// after the first has done its work, the browser may end on a page that refuses.)

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { complaint } from '../lib/steps.mjs';

export const tolerated = [complaint(400)];

export default async ({ mock, app, page }) => {
    const before = await mock.connections('gmail');
    await page.goto(await mock.startNative('gmail', { return_url: app.url('/done') }));
    await page.getByTestId('approve').dblclick();
    for (const end = Date.now() + 10000; !app.visits.length && Date.now() < end;)
        await sleep(20);
    await sleep(300);   // for whatever the second click does

    assert.equal(app.arrival().status, 'success');
    assert.equal((await mock.connections('gmail')).length, before.length + 1);
};
