// A flow that was started in a space stays in it: its page names the space, and the connection is there and nowhere else.

import assert from 'node:assert/strict';
import { isResult, press } from '../lib/steps.mjs';

export default async ({ mock, page }) => {
    const before = await mock.connections('gmail');
    const prefix = '/_mock/s/spring-2026';
    const { authorization_url: link } = await mock.must(200, 'POST',
        `${prefix}/v1/connections/oauth/native/gmail/start`, {});
    assert.ok(link.startsWith(mock.origin + prefix), link);
    await page.goto(link);
    assert.ok((await page.locator('body').innerText()).includes('spring-2026'));
    await press(page, 'approve');

    await isResult(page, 'good');
    assert.ok(page.url().startsWith(mock.origin + prefix), page.url());
    const inside = await mock.must(200, 'GET', `${prefix}/v1/connections?type=gmail`);
    assert.equal(inside.total, before.length + 1);
    assert.deepEqual(await mock.connections('gmail'), before);
};
