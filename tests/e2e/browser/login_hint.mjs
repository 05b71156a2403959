// An address in login_hint is offered first and picked, be it a known person's or not.

import assert from 'node:assert/strict';
import { press } from '../lib/steps.mjs';

export default async ({ mock, app, page }) => {
    for (const hint of ['milo@acme.example', 'stranger@elsewhere.example']) {
        app.visits.length = 0;
        await page.goto(await mock.startNative('gmail', { return_url: app.url('/done'), login_hint: hint }));
        const values = await page.getByRole('radio').evaluateAll(list => list.map(radio => radio.value));
        assert.equal(values[0], hint);
        assert.equal(values.filter(value => value === hint).length, 1);
        await press(page, 'approve');
        assert.equal((await mock.connection(app.arrival().connection_id)).name, `Gmail - ${hint}`);
    }
};
