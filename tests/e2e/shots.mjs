// Takes pictures of the pages, in light and dark, as wide as a phone and as a desk, for people to look at.
// Usage: node tests/e2e/shots.mjs SERVER DIR OUT      DIR as for run.mjs; the pictures go to OUT/<page>-<scheme>-<width>.png

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openContext, startBrowser } from './lib/browser.mjs';
import { startMock } from './lib/mock.mjs';
import { choose, press } from './lib/steps.mjs';

const RETURN = 'http://localhost:3000/settings/connections?tab=mail';
const LONG = 'Donaudampfschifffahrtsgesellschaft'.repeat(5);

// How to get to each page.
const PAGES = {
    'consent': async (mock, page) => page.goto(await mock.startNative('gmail', { return_url: RETURN })),
    'consent-menu': async (mock, page) => {
        await page.goto(await mock.startNative('googlesheets', { return_url: RETURN, campaign: 'spring offer' }));
        await page.locator('summary').click();
    },
    'consent-stays': async (mock, page) => page.goto(await mock.startNative('outlook')),
    'consent-long': async (mock, page) => page.goto(await mock.startNative('gmail',
        { return_url: `${RETURN}&x=${LONG}`, [LONG]: `${LONG} ${LONG}`, login_hint: `${LONG}@example.com` })),
    'composio': async (mock, page) => page.goto((await mock.startComposio(RETURN)).redirect_url),
    'result-good': async (mock, page) => {
        await page.goto(await mock.startNative('gmail'));
        await press(page, 'approve');
    },
    'result-bad': async (mock, page) => {
        await page.goto(await mock.startNative('gmail'));
        await press(page, 'deny');
    },
    'result-closed': async (mock, page) => {
        await page.goto(await mock.startNative('gmail'));
        await choose(page, 'closed');
    },
    'error-used': async (mock, page) => {
        const link = await mock.startNative('gmail');
        await page.goto(link);
        await press(page, 'approve');
        await page.goto(link);
    },
    'error-callback': (mock, page) => page.goto(`${mock.origin}/v1/oauth/callback/gmail?code=1&state=2`),
};

const [program, dir, out] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const mock = await startMock(resolve(program));
const browser = await startBrowser(dir);
for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of [[375, 812], [1280, 800]]) {
        const { context } = await openContext(browser, { colorScheme, viewport: { width, height } });
        const page = await context.newPage();
        for (const [name, open] of Object.entries(PAGES)) {
            await open(mock, page);
            await page.screenshot({ path: join(out, `${name}-${colorScheme}-${width}.png`) });
        }
        await context.close();
    }
}
await browser.close();
await mock.stop();
