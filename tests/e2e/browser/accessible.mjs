// For assistive technology: a language, a title, one main and one h1 on each page, and a name on whatever can be used.

import assert from 'node:assert/strict';
import { complaint, press, unknownState } from '../lib/steps.mjs';

export const expected = [complaint(400)];

const CONTROLS = new Set(['button', 'radio', 'link', 'textbox', 'checkbox', 'DisclosureTriangle', 'radiogroup',
    'group']);

/** Roles and names of everything in the accessibility tree that a person can use: [{ role, name }]. */
async function controls(context, page) {
    const session = await context.newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    await session.detach();
    return nodes.filter(node => !node.ignored && CONTROLS.has(node.role.value))
        .map(node => ({ role: node.role.value, name: node.name?.value ?? '' }));
}

async function check(context, page) {
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.notEqual((await page.title()).trim(), '');
    assert.equal(await page.getByRole('main').count(), 1);
    assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
    const found = await controls(context, page);
    assert.deepEqual(found.filter(one => !one.name.trim() && one.role !== 'group'), []);
    return found;
}

export default async ({ mock, page, context }) => {
    const link = await mock.startNative('gmail');
    await page.goto(link);
    await page.locator('summary').click();
    const found = await check(context, page);
    const names = role => found.filter(one => one.role === role).map(one => one.name);
    assert.equal(names('radio').length, 4);
    assert.ok(names('radio').some(name => name.includes('Olivia Owner') && name.includes('olivia@acme.example')));
    assert.equal(new Set(names('button')).size, 9, 'every button has a name of its own');
    assert.ok([...names('group'), ...names('radiogroup')].some(name => name.trim()), 'the radios have a group name');

    await press(page, 'approve');
    await check(context, page);
    await page.goto(unknownState(link));
    await check(context, page);
};
