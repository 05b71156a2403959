// The console's tabs, rows and searches are addresses: followed without a reload, by mouse and by keyboard, back and forth,
// and shown by themselves when they are opened.

import assert from 'node:assert/strict';
import { isLive, openConsole, openTab } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

const TABS = ['Requests', 'Sign-ins', 'Connections', 'Agents and runs', 'Spaces', 'Faults', 'Clock',
    'Fixtures and snapshots', 'MCP servers', 'Webhooks', 'Reference'];

const isAt = (page, query) => page.waitForURL(url => url.search === query);
const current = page => page.locator('.tabs [aria-current="page"]').innerText();
const focused = page => page.evaluate(() => document.activeElement.closest('li')?.dataset.key ?? document.activeElement.id);

async function tabs(page) {
    for (const name of TABS) {
        await openTab(page, name);
        assert.match(await page.title(), new RegExp(`^${name} – default`));
    }
    assert.ok(await page.evaluate(() => window.stayed), 'nothing was loaded anew');
    await page.goBack();
    await isAt(page, '?tab=webhooks');
    await page.locator('.tabs [aria-current]', { hasText: 'Webhooks' }).waitFor();
    await page.goForward();
    await page.locator('.tabs [aria-current]', { hasText: 'Reference' }).waitFor();
    await page.reload();
    assert.equal(await current(page), 'Reference');
}

async function searches(page) {
    await openTab(page, 'Connections');
    await page.locator('#q').fill('state:active gmail');
    await isAt(page, '?tab=connections&list=connections&q=state%3Aactive+gmail');
    await page.getByTestId('total').filter({ hasText: ' of ' }).waitFor();     // the list comes a moment after the address
    const found = await page.locator('.item').count();
    assert.ok(found >= 1);
    await page.reload();
    assert.equal(await page.locator('.item').count(), found);
    assert.equal(await page.locator('#q').inputValue(), 'state:active gmail');
    await page.locator('#q').fill('sate:active');
    await page.getByText('did you mean "state:"?').waitFor();
    await page.locator('#q').fill('nobody is called so');
    await page.locator('.empty', { hasText: 'nobody is called so' }).waitFor();
    await page.getByRole('link', { name: 'Clear' }).click();
    await isAt(page, '?tab=connections&list=connections');
    await page.locator('.item').first().waitFor();
    assert.equal(await page.locator('#q').inputValue(), '');
}

/** What is typed before the script is there is searched for as soon as it is. */
async function searchesEarly(page, origin) {
    let arrives;
    const held = new Promise(resolve => { arrives = resolve; });
    await page.route('**/console.js', async route => {
        await held;
        await route.continue();
    });
    await page.goto(`${origin}/_mock/?tab=connections&list=connections`);
    await page.locator('#q').fill('sate:active');
    arrives();
    await page.getByText('did you mean "state:"?').waitFor();
    await page.unroute('**/console.js');
    await page.getByRole('link', { name: 'Clear' }).click();
    await isAt(page, '?tab=connections&list=connections');
}

async function keys(page) {
    await page.locator('h1').click();
    await page.keyboard.press('j');
    const first = await focused(page);
    await page.keyboard.press('ArrowDown');
    const second = await focused(page);
    assert.ok(first && second && first !== second);
    await page.keyboard.press('k');
    assert.equal(await focused(page), first);
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(page), first, 'there is nothing above the first');
    await page.keyboard.press('Enter');
    await page.locator('#detail').waitFor();
    assert.equal(`i${await page.locator('#detail').getAttribute('data-id')}`, first);
    await page.keyboard.press('Escape');
    await page.locator('#detail').waitFor({ state: 'detached' });
    assert.equal(await focused(page), first);
    await page.keyboard.press('/');
    assert.equal(await focused(page), 'q');
    await page.keyboard.type('j?');
    assert.equal(await page.locator('#q').inputValue(), 'j?', 'in a field they are letters');
    await page.locator('#q').fill('');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.locator('#switch summary').click();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#switch').getAttribute('open'), null, 'the list of spaces is closed');
    await page.keyboard.press('g');
    await page.keyboard.press('0');
    await page.locator('.tabs [aria-current]', { hasText: 'Webhooks' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('6');
    await page.locator('.tabs [aria-current]', { hasText: 'Faults' }).waitFor();
}

async function skips(page) {
    await page.reload();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'main');
}

export default async ({ mock, page }) => {
    await mock.must(200, 'PUT', '/_mock/s/blue/_mock/snapshots/one', undefined);
    await openConsole(page, mock);
    await page.evaluate(() => { window.stayed = true; });
    await tabs(page);
    await searches(page);
    await searchesEarly(page, mock.origin);
    await keys(page);
    await skips(page);
    await page.locator('#switch summary').click();
    await page.locator('#switch').getByRole('link', { name: 'blue' }).click();
    await page.getByTestId('space').filter({ hasText: 'blue' }).waitFor();
    assert.equal(page.url(), `${mock.origin}/_mock/s/blue/_mock/?tab=faults`);
    await isLive(page);
};
