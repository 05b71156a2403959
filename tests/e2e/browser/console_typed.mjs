// What was typed at one row is not there at the next one, and what was sent is not sent once more, over what others have changed
// since; what is being typed when a row changes stays.

import assert from 'node:assert/strict';
import { act, curl, fill, openConsole } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002';
const LISTS = [['sign-ins', 'flows'], ['sign-ins', 'accounts'], ['connections', 'connections'], ['agents', 'runs'], ['agents', 'agents'],
    ['agents', 'builds'], ['agents', 'secrets'], ['agents', 'schedules'], ['agents', 'queues'], ['webhooks', 'webhooks'],
    ['webhooks', 'inboxes']];

const texts = '#detail :is(input:is(:not([type]), [type=text], [type=url], [type=email]), textarea):not([data-api-key])';

async function type(page) {
    await page.locator('#detail details').evaluateAll(all => all.forEach(one => { one.open = true; }));
    for (const field of await page.locator(texts).all())
        await field.fill('typed@a.example');
    for (const field of await page.locator('#detail select').all())
        await field.selectOption({ index: await field.locator('option').count() - 1 });
}

/** The fields of the row that say what its page does not. */
const altered = page => page.locator('#detail :is(input, select, textarea)').evaluateAll(all => all.filter(field =>
    (field.tagName === 'SELECT' ? field.value !== ([...field.options].find(one => one.defaultSelected) ?? field.options[0])?.value
        : field.value !== field.defaultValue)).map(field => `${field.name}=${field.value}`));

async function staysWithItsRow(page, mock, [tab, list]) {
    await openConsole(page, mock, `?tab=${tab}&list=${list}`);
    await page.locator('.item').first().click();
    const first = await page.locator('#detail').getAttribute('data-id');
    await type(page);
    await page.locator('.item').nth(1).click();
    await page.locator(`#detail:not([data-id="${first}"])`).waitFor();
    assert.deepEqual(await altered(page), [], `${tab}, ${list}`);
}

async function isSentOnce(page, mock, id) {
    await openConsole(page, mock, `?tab=connections&id=${id}`);
    await fill(page, 'Update a connection', { name: 'Ours' });
    await act(page, 'detail', 'Update a connection');
    await mock.must(200, 'PATCH', `/v1/connections/${id}`, { name: 'Theirs' });
    await page.locator('#h-detail', { hasText: 'Theirs' }).waitFor();
    assert.equal(await page.getByLabel('name', { exact: true }).last().inputValue(), 'Theirs');
    await fill(page, 'Update a connection', { server_url: 'https://b.example/mcp' });
    assert.doesNotMatch(await curl(page), /"name"/);

    await fill(page, 'Update a connection', { name: 'Half a na' });
    await mock.must(200, 'PATCH', `/v1/connections/${id}`, { name: 'Others' });
    await page.locator('#h-detail', { hasText: 'Others' }).waitFor();
    assert.match(await curl(page), /"name":"Half a na"/);
}

const agent = (mock, name) => mock.must(201, 'POST', `/v2/teams/${TEAM}/agents`, { name });

/** Agents that are made come before the one that is chosen, or that was offered first. */
async function staysChosen(page, mock) {
    await openConsole(page, mock, '?tab=agents');
    await page.locator('#make-startRun summary').click();
    const select = page.locator('#make-startRun [name=agent_id]');
    for (const [i, option] of ['Invoice triage', 'Globex scout'].entries()) {
        await select.selectOption({ label: option });
        await agent(mock, `Agent ${i}`);
        await select.locator('option', { hasText: `Agent ${i}` }).waitFor({ state: 'attached' });
        assert.equal(await select.evaluate(one => one.selectedOptions[0].label), option);
    }
    await page.reload();
    await page.locator('.pulse:text-is("live")').waitFor();
    const offered = await select.evaluate(one => one.selectedOptions[0].label);
    for (const name of ['A first one', 'Another', 'Zoe']) {
        await agent(mock, name);
        await select.locator('option', { hasText: name }).waitFor({ state: 'attached' });
    }
    assert.equal(await select.evaluate(one => one.selectedOptions[0].label), offered);
}

export default async ({ mock, page }) => {
    for (let i = 0; i < 2; i++) {
        await mock.startNative('gmail');
        await mock.startComposio('http://localhost/');
        await mock.must(201, 'POST', `/v2/teams/${TEAM}/runs`, { agent_id: '6f1d2c3b-5555-4aaa-8bbb-000000000001', message: `Run ${i}` });
        await mock.must(201, 'POST', '/_mock/webhooks', { url: `http://127.0.0.1:1/${i}` });
        await mock.must(200, 'POST', `/_mock/inbox/box-${i}`, { i });
    }
    for (const list of LISTS)
        await staysWithItsRow(page, mock, list);
    const { id } = await mock.must(201, 'POST', '/v1/connections', { name: 'Mine', provider: 'user', auth_method: 'url',
        server_url: 'https://a.example/mcp' });
    await isSentOnce(page, mock, id);
    await staysChosen(page, mock);
};
