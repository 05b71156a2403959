// What a link carries that the mock does not know is refused on a page, and never becomes markup or script there.

import assert from 'node:assert/strict';
import { complaint, isRefusal } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true };
export const expected = [complaint(400)];

const SCRIPT = encodeURIComponent('"><script>alert(1)</script>');

export default async ({ mock, page }) => {
    const link = new URL(await mock.startNative('gmail'));
    const changed = name => {
        const copy = new URL(link);
        copy.searchParams.set(name, decodeURIComponent(SCRIPT));
        return copy.href;
    };
    for (const url of [changed('state'), changed('client_id'), changed('redirect_uri'), changed('mock_outcome'),
        `${mock.origin}/v1/oauth/callback/gmail?code=${SCRIPT}&state=${SCRIPT}`,
        `${mock.origin}/v1/oauth/callback/gmail?error=${SCRIPT}&error_description=${SCRIPT}&state=x`]) {
        const reply = await page.goto(url);
        assert.equal(reply.status(), 400, url);
        await isRefusal(page);
        assert.equal(await page.locator('script').count(), 0);
    }
};
