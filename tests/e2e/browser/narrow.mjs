// On a phone, down to 320 pixels, no page is wider than the screen, whatever texts are on it.

import assert from 'node:assert/strict';
import { complaint, contentWidth, isRefusal, press, unknownState } from '../lib/steps.mjs';

const word = 'Donaudampfschifffahrtsgesellschaft'.repeat(6);

export const options = { viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true };
export const expected = [complaint(400)];
export const fixtures = {
    oauth_providers: [{ key: 'google_gmail', slugs: ['gmail'], type: 'gmail', name: word, client_id: 'duvo' }],
    scopes: [{ scope: 'https://www.googleapis.com/auth/gmail.modify', about: word }],
};

async function fits(page, what) {
    for (const width of [375, 320]) {
        await page.setViewportSize({ width, height: 812 });
        assert.ok(await contentWidth(page) <= width, `${what} is wider than ${width} pixels`);
    }
}

export default async ({ mock, app, page }) => {
    const link = await mock.startNative('gmail', { [word]: word, login_hint: `${word}@x.example` });
    await page.goto(link);
    await page.locator('summary').click();
    await fits(page, 'the consent page');
    await press(page, 'approve');
    await fits(page, 'the result page');
    await page.goto(unknownState(link));
    await isRefusal(page);
    await fits(page, 'the error page');
    await page.goto((await mock.startComposio(app.url(`/${word}?${word}`))).redirect_url);
    await fits(page, "Composio's page");
};
