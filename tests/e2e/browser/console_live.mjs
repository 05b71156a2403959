// The console watches one stream: what happens is on the screen within a moment, nothing is asked for while nothing happens,
// and a page that nobody sees rests. Each tab follows what it shows.

import assert from 'node:assert/strict';
import { isLive, openConsole, openTab } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };
export const tolerated = [/ERR_/, /status of 404/];

const IDLE_MS = 10000;
const SOON_MS = 100;

/** How long after its reply a request is on the screen. */
async function delay(mock, page, i) {
    const seen = page.evaluate(part => new Promise(resolve => {
        const look = () => [...document.querySelectorAll('.entry')].some(one => one.textContent.includes(part));
        new MutationObserver((_, observer) => {
            if (!look())
                return;
            observer.disconnect();
            resolve(Date.now());
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
    }), `offset=${i}`);
    await page.waitForTimeout(400);
    await mock.must(200, 'GET', `/v1/connections?offset=${i}`);
    const replied = Date.now();
    return await seen - replied;
}

async function isFast(mock, page) {
    const delays = [];
    for (let i = 0; i < 9; i++)
        delays.push(await delay(mock, page, i));
    const median = delays.sort((a, b) => a - b)[4];
    assert.ok(median <= SOON_MS, `${median} ms, of ${delays.join(' ')}`);
}

async function rests(page, seen) {
    const before = seen.requests.length;
    await page.waitForTimeout(IDLE_MS);
    assert.deepEqual(seen.requests.slice(before), []);
}

/** As a browser does with a page in the background. */
async function hide(page, hidden) {
    await page.evaluate(value => {
        Object.defineProperty(document, 'hidden', { value, configurable: true });
        dispatchEvent(new Event('visibilitychange'));
    }, hidden);
}

export default async ({ mock, page, context, seen }) => {
    await openConsole(page, mock);
    await isFast(mock, page);
    await openTab(page, 'Connections');
    await rests(page, seen);

    await mock.must(200, 'GET', '/v1/profile');
    await page.waitForTimeout(300);
    assert.ok(!seen.requests.at(-1).includes('offset'), 'a read changes no connection');
    await mock.must(201, 'POST', '/v1/connections', { name: 'Seen at once', provider: 'user', auth_method: 'url' });
    await page.locator('.item', { hasText: 'Seen at once' }).waitFor();

    const other = await context.newPage();
    await openConsole(other, mock, '?tab=clock');
    await other.getByRole('button', { name: 'Freeze' }).click();
    await openTab(page, 'Clock');
    await page.getByTestId('clock-mode').filter({ hasText: 'frozen' }).waitFor();
    await other.getByRole('button', { name: 'Resume' }).click();
    await page.getByTestId('clock-mode').filter({ hasText: 'running' }).waitFor();
    await other.close();

    await hide(page, true);
    const before = seen.requests.length;
    await mock.must(200, 'PUT', '/_mock/clock', { action: 'freeze' });
    await page.waitForTimeout(500);
    assert.equal(seen.requests.length, before, 'nobody sees it');
    await hide(page, false);
    await page.getByTestId('clock-mode').filter({ hasText: 'frozen' }).waitFor();
    await isLive(page);
};
