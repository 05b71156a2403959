// A form on another page cannot approve, even if it knows the token: neither from another port nor from another site,
// and not when it hides where it comes from.

import assert from 'node:assert/strict';
import { complaint, isRefusal } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true };
export const expected = [complaint(403)];

const escape = text => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

export default async ({ mock, app, page }) => {
    const before = await mock.connections('gmail');
    const link = await mock.startNative('gmail', { return_url: app.url('/done') });
    await page.goto(link);
    const token = await page.locator('input[name="form_token"]').inputValue();
    const form = `<form method="post" action="${escape(link)}"><input name="form_token" value="${token}">` +
        '<input name="decision" value="approve"></form><script>document.forms[0].submit()</script>';
    const hidden = `<meta name="referrer" content="no-referrer">${form}`;
    for (const url of [app.serve('/evil', form), app.serve('/evil', form, 'localhost'), app.serve('/hidden', hidden)]) {
        await Promise.all([page.waitForResponse(reply => reply.request().method() === 'POST'), page.goto(url)]);
        await page.getByTestId('error').waitFor();
        await isRefusal(page);
        assert.equal(new URL(page.url()).origin, mock.origin);
    }
    assert.ok(app.visits.every(visit => visit.url.pathname !== '/done'));
    assert.deepEqual(await mock.connections('gmail'), before);
};
