// An application that polls the list, as the API's reference advises, sees the connection soon after the approval.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { press } from '../lib/steps.mjs';

/** Waits for a connection that is none of `known`. */
async function poll(mock, known) {
    for (const end = Date.now() + 5000; Date.now() < end; await sleep(20)) {
        const fresh = (await mock.connections('gmail')).find(one => !known.has(one.id));
        if (fresh)
            return fresh;
    }
    throw new Error('the connection was not seen within five seconds');
}

export default async ({ mock, page }) => {
    const known = new Set((await mock.connections('gmail')).map(one => one.id));
    await page.goto(await mock.startNative('gmail'));
    let seen = false;
    const polling = poll(mock, known).finally(() => { seen = true; });
    await sleep(100);
    assert.equal(seen, false, 'there was a connection before the approval');
    await press(page, 'approve');
    assert.equal((await polling).name, 'Gmail - olivia@acme.example');
};
