// The picker offers the people of the caller's team, the caller first and picked, and nobody else's.

import assert from 'node:assert/strict';

export default async ({ mock, page }) => {
    await page.goto(await mock.startNative('gmail', {}, 'builder'));
    const radios = page.getByRole('radio');
    const offered = await radios.evaluateAll(list => list.map(radio => radio.value));

    assert.equal(offered[0], 'bea@acme.example');
    assert.ok(await radios.first().isChecked());
    assert.deepEqual(offered.sort(), ['bea@acme.example', 'marcus@acme.example', 'milo@acme.example',
        'olivia@acme.example']);
};
