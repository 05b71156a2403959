// A long name or URL takes one line of its list, and is there whole when it is pointed at.

import assert from 'node:assert/strict';
import { openConsole } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

const LONG = `http://127.0.0.1:1/${'x'.repeat(300)}`;

export default async ({ mock, page }) => {
    await mock.must(201, 'POST', '/_mock/webhooks', { url: LONG });
    await mock.must(201, 'POST', '/v1/connections', { name: 'שלום '.repeat(40), provider: 'user', auth_method: 'url', server_url: LONG });
    for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        for (const tab of ['webhooks', 'connections']) {
            await openConsole(page, mock, `?tab=${tab}`);
            const row = page.locator('.item').first(), box = await row.boundingBox();
            assert.ok(box.height < 160, `${tab}, ${width} wide: ${box.height} px`);
            const cut = await row.locator('.name, .facts bdi').evaluateAll(all => all.filter(one => one.scrollWidth > one.clientWidth)
                .map(one => one.title));
            assert.ok(cut.includes(LONG), `${tab}: ${cut}`);
        }
    }
};
