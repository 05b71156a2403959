// A walk over the console's forms without scripts: each is sent, does what it says, and the tab that comes back tells what came of it.

import assert from 'node:assert/strict';
import { complaint, leave } from './steps.mjs';

/** For a test's `tolerated`: the browser wants an icon for what is no page. */
export const noIcon = [complaint(404)];

export const DONE = /^20[01] done$/;

/** What a form is for: what it calls, and the button. Of forms that operations make there are many, alike. */
const written = page => page.locator('form[method=post]:is([data-call], [data-load], [data-try])').evaluateAll(forms => forms.flatMap(form =>
    [...form.querySelectorAll('button:not([type=button])')].map(button => `${form.elements['~call'].value.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')} ${button.name}=${button.value}`)));

const keyOf = button => button.evaluate(one => `${one.form.elements['~call'].value.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')} ${one.name}=${one.value}`);

async function fill(button, fields) {
    const form = button.locator('xpath=ancestor::form');
    for (const [name, value] of Object.entries(fields)) {
        const field = form.locator(`[name="${name}"]:not([type=hidden])`);
        if (await field.evaluate(one => one.tagName) === 'SELECT')
            await field.selectOption(value);
        else
            await field.fill(value);
    }
}

/** Whether `part` is in `whole`. */
function isPart(part, whole) {
    if (part === null || typeof part !== 'object')
        return part === whole;
    return Object.entries(part).every(([name, value]) => isPart(value, whole?.[name]));
}

async function judge(page, mock, [where, part], id) {
    const [kind, ...rest] = where.split(':');
    const [selector, text] = { heading: ['#h-detail', rest.join(':')], pill: ['#detail h2 .pill', rest.join(':')], answer: ['[data-answer]', rest.join(':')],
        gone: ['#detail', 'There is no such row any more'] }[kind] ?? [];
    if (selector)
        return void assert.ok((await page.locator(selector).first().innerText()).includes(text), `${where} in ${await page.locator(selector).first().innerText()}`);
    const answer = await mock.must(200, 'GET', where.replace('{id}', id));
    assert.ok(isPart(part, answer), `${JSON.stringify(part)} in ${JSON.stringify(answer)}`);
    return undefined;
}

async function addressOf(page, mock, query, id, entry) {
    const address = `${mock.origin}/_mock/${query.replace('{new}', '').replace('{id}', id).replace('{entry}', entry)}`;
    if (!query.includes('{new}'))
        return address;
    await page.goto(address);
    return new URL(await page.locator('.item').first().getAttribute('href'), page.url()).href;
}

/** Each step: where; the button; what is typed, by the fields' names; what is told; what the mock then answers, and a part of that, or what
 *  the page then shows. `{id}` is the row that was made last, `{entry}` the first request; `{new}` opens the first of the list. No form of the
 *  pages that it comes to may be left out. */
export async function walk({ mock, page }, steps) {
    const seen = new Set(), sent = new Set();
    await mock.must(200, 'GET', '/v1/profile');
    const { requests: [{ id: entry }] } = await mock.must(200, 'GET', '/_mock/requests');
    let id;
    for (const [query, selector, fields, told, ...after] of steps) {
        await page.goto(await addressOf(page, mock, query, id, entry));
        for (const one of await written(page))
            seen.add(one);
        const tab = new URL(page.url()).searchParams.get('tab'), button = page.locator(selector).first();
        const make = button.locator('xpath=ancestor::details');
        if (await make.count())
            await make.locator('summary').click();
        await fill(button, fields);
        sent.add(await keyOf(button));
        await leave(page, () => button.click());
        const step = `${query} ${selector} ${JSON.stringify(fields)}`, text = await page.getByTestId('told').innerText();
        assert.match(text, told, step);
        assert.equal(await page.getByTestId('told').getAttribute('class'), /done$/.test(text) ? null : 'failed', step);
        const { searchParams } = new URL(page.url());
        assert.equal(searchParams.get('tab'), tab, step);
        assert.doesNotMatch(page.url() + await page.content(), /canary/, step);
        id = searchParams.get('id') ?? id;
        await judge(page, mock, after, id).catch(error => { throw new Error(`${step}: ${error.message}`); });
    }
    assert.deepEqual([...seen].filter(one => !sent.has(one)), [], 'forms that were seen and not sent');
}
