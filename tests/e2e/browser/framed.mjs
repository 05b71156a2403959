// No page of the mock can be shown in another page's frame.

import assert from 'node:assert/strict';
import { complaint } from '../lib/steps.mjs';

export const expected = [/frame/i, complaint(400)];

export default async ({ mock, app, page }) => {
    const { redirect_url: composio } = await mock.startComposio(app.url('/composio'));
    const links = [await mock.startNative('gmail'), composio, `${mock.origin}/_mock/oauth/authorize/gmail?state=none`];
    for (const link of links) {
        const reply = page.waitForResponse(link);
        await page.goto(app.serve('/frame', `<iframe src="${link.replaceAll('&', '&amp;')}"></iframe>`));
        assert.match((await (await reply).allHeaders())['content-type'], /^text\/html/);
        assert.equal(await page.frameLocator('iframe').locator('[data-testid]').count(), 0);
    }
};
