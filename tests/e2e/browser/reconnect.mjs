// Reconnecting (v2) renews the same connection: its id and name stay.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002';

export default async ({ mock, app, page }) => {
    const before = await mock.connections('gmail');
    const { authorization_url: link } = await mock.must(200, 'POST',
        `/v2/teams/${TEAM}/connections/oauth/native/gmail/start`,
        { return_url: app.url('/done'), reconnect_instance_id: before[0].id });
    await page.goto(link);
    await press(page, 'approve');

    assert.equal(app.arrival().connection_id, before[0].id);
    const after = await mock.connections('gmail');
    assert.deepEqual(after.map(one => one.id).sort(), before.map(one => one.id).sort());
    assert.equal((await mock.connection(before[0].id)).name, before[0].name);
};
