// Takes pictures of the pages, in light and dark, as wide as a phone and as a desk, for people to look at.
// Usage: node tests/e2e/shots.mjs SERVER DIR OUT      DIR as for run.mjs; the pictures go to OUT/<page>-<scheme>-<width>.png

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openContext, startBrowser } from './lib/browser.mjs';
import { startMock } from './lib/mock.mjs';
import { choose, press } from './lib/steps.mjs';

const RETURN = 'http://localhost:3000/settings/connections?tab=mail';
const LONG = 'Donaudampfschifffahrtsgesellschaft'.repeat(5);

/** What a developer's client did, seen on the console of a space of its own. */
async function fill(mock, space) {
    const at = `/_mock/s/${space}`;
    await mock.call('GET', `${at}/v1/connections?limit=5`);
    await mock.call('POST', `${at}/v1/connections`, { name: 'Internal tools', provider: 'user', auth_method: 'headers',
        server_url: 'https://mcp.internal.acme.com', headers: { secret: { 'X-Key': 'sk_live_1' } } });
    await mock.call('POST', `${at}/v1/connections`, { name: '' });
    await mock.call('GET', `${at}/v1/${LONG}?api_key=1`);
    await mock.call('POST', `${at}/_mock/faults`, { match: { operation: 'getProfile' }, action: { status: 503 },
        times: 2 });
    await mock.call('GET', `${at}/v1/profile`);
    await mock.call('PUT', `${at}/_mock/snapshots/before-import`);
    return `${mock.origin}${at}/_mock/`;
}

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
    'documentation': (mock, page) => page.goto(`${mock.origin}/v2/documentation#createConnection-POST`),
    'error-callback': (mock, page) => page.goto(`${mock.origin}/v1/oauth/callback/gmail?code=1&state=2`),
    'console': async (mock, page) => {
        await page.goto(await fill(mock, 'spring'));
        await page.locator('.entry').nth(3).click();
        await page.locator('#detail').waitFor();
        await page.getByRole('button', { name: 'Send again' }).hover();
    },
    ...Object.fromEntries(['sign-ins', 'connections', 'agents', 'spaces', 'faults', 'clock', 'fixtures', 'mcp', 'webhooks', 'reference']
        .map(tab => [`console-${tab}`, (mock, page) => page.goto(`${mock.origin}/_mock/s/spring/_mock/?tab=${tab}`)])),
    'console-secret': async (mock, page) => {
        await page.goto(`${mock.origin}/_mock/s/spring/_mock/?tab=agents&list=secrets`);
        await page.locator('#make-createSecret summary').click();
        await page.locator('.item').first().click();
        await page.locator('#do-updateSecret summary').click();
    },
    'console-empty': async (mock, page) => {
        await mock.call('POST', '/_mock/s/empty/_mock/reset', { to: 'empty' });
        await page.goto(`${mock.origin}/_mock/s/empty/_mock/`);
    },
    'console-many': async (mock, page) => {
        for (let i = 0; i < 120; i++)
            await mock.call('GET', `/_mock/s/many/v1/connections?offset=${i}`);
        await page.goto(`${mock.origin}/_mock/s/many/_mock/`);
    },
};

/** The console is looked at as it is with its script, in the widths that it was made for. */
const isConsole = name => name.startsWith('console');

const [program, dir, out] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const mock = await startMock(resolve(program));
const browser = await startBrowser(dir);
for (const colorScheme of ['light', 'dark']) {
    for (const [width, height, live] of [[375, 812, false], [1280, 800, false], [400, 900, true], [1400, 1000, true]]) {
        const { context } = await openContext(browser,
            { colorScheme, viewport: { width, height }, javaScriptEnabled: live });
        const page = await context.newPage();
        for (const [name, open] of Object.entries(PAGES)) {
            if (isConsole(name) !== live)
                continue;
            await open(mock, page);
            await page.screenshot({ path: join(out, `${name}-${colorScheme}-${width}.png`), fullPage: live });
        }
        await context.close();
    }
}
await browser.close();
await mock.stop();
