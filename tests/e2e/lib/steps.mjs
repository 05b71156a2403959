// What people do on the pages, and what they find there.

import assert from 'node:assert/strict';

/** Does something that takes the page elsewhere, and waits until it is there. */
export async function leave(page, action) {
    await Promise.all([page.waitForNavigation(), action()]);
}

/** Presses the button of a test id (approve, deny). */
export function press(page, testId) {
    return leave(page, () => page.getByTestId(testId).click());
}

/** Chooses one of the other outcomes, in the menu. */
export async function choose(page, outcome) {
    await page.locator('summary').click();
    await leave(page, () => page.locator(`[data-testid="outcome"][data-outcome="${outcome}"]`).click());
}

/** The page is the mock's own end of a flow, of this tone: good, bad or neutral. */
export async function isResult(page, tone) {
    assert.equal(await page.getByTestId('result').getAttribute('data-tone'), tone);
}

/** The page refuses. */
export async function isRefusal(page) {
    assert.equal(await page.getByTestId('error').count(), 1);
    assert.equal(await page.getByTestId('approve').count(), 0);
}

/** How wide the page's content is, in CSS pixels. */
export function contentWidth(page) {
    return page.evaluate(() => document.documentElement.scrollWidth);
}

/** What the browser complains of when a page comes with an error status. */
export const complaint = status => new RegExp(`server responded with a status of ${status}`);

/** The link of a sign-in that was never started: a page that refuses. */
export const unknownState = link => link.replace(/state=[^&]+/, 'state=unknown');
