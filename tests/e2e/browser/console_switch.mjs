// The list of spaces is on the screen whole, however narrow that is and however long the names are.

import assert from 'node:assert/strict';
import { openConsole } from '../lib/console.mjs';
import { contentWidth } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true };

const LONG = 'a'.repeat(64);

export default async ({ mock, page }) => {
    await mock.must(201, 'POST', '/_mock/spaces', { name: LONG });
    for (const space of ['', `/_mock/s/${LONG}`]) {
        for (const width of [320, 390, 500, 660, 1280]) {
            await page.setViewportSize({ width, height: 800 });
            await openConsole(page, mock, '', space);
            await page.locator('#switch summary').click();
            const { x, width: wide } = await page.locator('#switch ul').boundingBox();
            assert.ok(x >= 0 && x + wide <= width, `from ${x}, ${wide} px, of ${width}`);
            assert.ok(await contentWidth(page) <= width, `sideways at ${width}`);
        }
    }
};
