// Whoever opens a row far down a list sees its heading, and is where they were when they come back; another page of the list begins
// at its top. On a desk and on a phone.

import assert from 'node:assert/strict';
import { openConsole } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

const AT = 40;

const isInSight = locator => locator.evaluate(one => {
    const box = one.getBoundingClientRect();
    return one.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
});

async function open(page) {
    await page.locator('[data-list] a').nth(AT).click();
    await page.locator('#detail').waitFor();
    await page.waitForFunction(() => document.querySelector('#h-detail'));
    assert.ok(await isInSight(page.locator('[data-close]')), `the heading, on ${page.url()}`);
}

/** Where the list is, once it is there again. */
async function down(page) {
    await page.locator('#detail').waitFor({ state: 'detached' });
    await page.waitForTimeout(100);
    return page.evaluate(() => scrollY);
}

async function check(page, mock, tab) {
    await openConsole(page, mock, `?tab=${tab}`);
    await page.locator('[data-list] a').nth(AT).scrollIntoViewIfNeeded();
    const left = await page.evaluate(() => scrollY);
    assert.ok(left > 0);
    await open(page);
    await page.locator('[data-close]').click();
    assert.equal(await down(page), left, `${tab}: closed`);
    await open(page);
    await page.goBack();
    assert.equal(await down(page), left, `${tab}: back`);
}

/** Rows that the keys lead to are below the head of the page and above the bar. */
async function leadsInSight(page, mock) {
    await openConsole(page, mock, '?tab=requests');
    await page.getByRole('button', { name: 'Forget all' }).focus(); // the bar is there then
    await page.locator('.entry').nth(30).focus();
    for (const key of [...Array(30).fill('k'), ...Array(40).fill('j')]) {
        await page.keyboard.press(key);
        assert.ok(await isInSight(page.locator('.entry:focus')), `${key}: ${await page.locator('.entry:focus').innerText()}`);
    }
}

export default async ({ mock, page }) => {
    for (let i = 0; i < 60; i++)
        await mock.must(201, 'POST', '/v1/connections', { name: `Number ${i}`, provider: 'user', auth_method: 'url' });
    for (const [width, height] of [[1280, 800], [390, 844]]) {
        await page.setViewportSize({ width, height });
        for (const tab of ['requests', 'connections', 'reference'])
            await check(page, mock, tab);
        await openConsole(page, mock, '?tab=connections');
        await page.getByRole('link', { name: 'Older' }).click();
        await page.getByRole('link', { name: 'Newest' }).waitFor();
        await page.waitForFunction(() => scrollY === 0);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await openConsole(page, mock, '?tab=requests');
    await page.locator('.entry').nth(1).click();
    await page.locator('#detail').evaluate(one => { one.scrollTop = 300; });
    await page.locator('.entry').nth(2).click();
    await page.waitForFunction(() => document.querySelector('#detail').scrollTop === 0);
    await leadsInSight(page, mock);
};
