// The account that was picked gives the connection its name; the connection is the caller's all the same.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

const OLIVIA = '6f1d2c3b-1111-4aaa-8bbb-000000000001';

export default async ({ mock, app, page }) => {
    await page.goto(await mock.startNative('outlook', { return_url: app.url('/done') }));
    await page.getByRole('radio', { name: 'marcus@acme.example' }).check();
    await press(page, 'approve');

    const connection = await mock.connection(app.arrival().connection_id);
    assert.match(connection.name, / - marcus@acme\.example$/);
    assert.equal(connection.user_id, OLIVIA);
};
