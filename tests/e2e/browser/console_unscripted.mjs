// Without scripts every form and button of the console's tabs is sent, does what it says, and the tab that comes back tells what
// came of it: the clock, settings, faults, resets, snapshots, fixtures, spaces, sign-ins, rows that are made, changed and deleted.

import assert from 'node:assert/strict';
import { complaint, leave } from '../lib/steps.mjs';

export const tolerated = [complaint(404)]; // the browser wants an icon for what is no page

const CLOCK = '/_mock/clock', SETTINGS = '/_mock/settings', FAULTS = '/_mock/faults', SNAPSHOTS = '/_mock/snapshots';
const CONNECTION = '6f1d2c3b-4444-4aaa-8bbb-0000000000f1';
const LOADED = JSON.stringify({ connections: [{ id: CONNECTION, name: 'Loaded', team_id: '6f1d2c3b-2222-4aaa-8bbb-000000000002' }] }, null, 2);
const AGENTS = '?tab=agents&list=', DONE = /^20[01] done$/;
const setting = (name, value, is = value) => ['?tab=clock', `#settings button[name=${name}][value=${value}]`, {}, DONE, SETTINGS, { [name]: is }];
const both = name => [setting(name, 'true', true), setting(name, 'false', false)];

// Where; the button; what is typed, by the fields' names; what is told; what the mock then answers, and a part of that. `{id}` is the
// row that was made last, `{new}` waits for one that is made by what is behind it: it is opened as the first of its list.
const WALK = [
    ['?tab=clock', '#clock button[value=freeze]', {}, DONE, CLOCK, { mode: 'frozen' }],
    ['?tab=clock', '#clock >> text="Set"', { at: 'tomorrow' }, /^400 body\/at Invalid/, CLOCK, { mode: 'frozen' }],
    ['?tab=clock', '#clock >> text="Set"', { at: '2031-01-01T00:00:00Z' }, DONE, CLOCK, { now: '2031-01-01T00:00:00.000Z' }],
    ['?tab=clock', '#clock >> text="Advance"', { by_seconds: '60' }, DONE, CLOCK, { now: '2031-01-01T00:01:00.000Z' }],
    ['?tab=clock', '#clock button[value=resume]', {}, DONE, CLOCK, { mode: 'running' }],
    setting('consent', 'auto'), setting('consent', 'interactive'), setting('return_params', 'off'), setting('return_params', 'on'),
    setting('v1_list_keys', 'connections'), setting('v1_list_keys', 'integrations'), setting('v1_list_keys', 'both'),
    setting('models', 'any'), setting('models', 'listed'),
    ...['strict', 'any_key', 'lenient_auth_method', 'error_ids'].flatMap(both),
    ['?tab=clock', '#settings >> role=button[name="Set rate_limit"]', { rate_limit: '9000' }, DONE, SETTINGS, { rate_limit: 9000 }],
    ['?tab=clock', '#settings >> role=button[name="Set seed"]', { seed: '42' }, DONE, SETTINGS, { seed: 42 }],
    ['?tab=faults', '#faults >> role=button[name="Add the fault"]', { 'match.operation': 'listConnections', action: '{"status":429}', 'action.delay_ms': '1', times: '2' },
        DONE, FAULTS, { total: 1, faults: [{ times: 2, action: { status: 429, delay_ms: 1 } }] }],
    ['?tab=faults', '#faults >> role=button[name="Delete fault"]', {}, DONE, FAULTS, { total: 0 }],
    ['?tab=faults', '#faults >> role=button[name="Add the fault"]', { action: '{"status":500}', 'match.path': '/nowhere' }, DONE, FAULTS, { total: 1 }],
    ['?tab=faults', '#faults >> role=button[name="Delete all faults"]', {}, DONE, FAULTS, { total: 0 }],
    ['?tab=requests&id={entry}', '#detail >> role=button[name="Send again"]', {}, /^200 done$/, '/_mock/requests?q=op:getProfile', { total: 2 }],
    ['?tab=requests&id={entry}', '#detail >> role=button[name="Verify"]', { count: '7' }, /^422 /, FAULTS, {}],
    ['?tab=requests&id={entry}', '#detail >> role=button[name="Verify"]', { count: '2' }, DONE, FAULTS, {}],
    ['?tab=requests', '#requests >> role=button[name="Forget all requests"]', {}, DONE, '/_mock/requests', { total: 0 }],
    ['?tab=sign-ins', '#outcomes >> role=button[name="Order"]', { outcome: 'server_error' }, DONE, '/_mock/oauth/next', { outcomes: [{ outcome: 'server_error' }] }],
    ['?tab=sign-ins', '#outcomes >> role=button[name="Clear outcomes"]', {}, DONE, '/_mock/oauth/next', { total: 0 }],
    ...[['Allow', 'connected'], ['Deny', 'failed'], ['End it so', 'failed'], ['Expire', 'expired']].flatMap(([button, state]) => [
        ['?tab=sign-ins', '#start >> role=button[name="Start"]', { ':provider': 'gmail' }, DONE, CLOCK, {}],
        ['?tab=sign-ins{new}', `#detail >> role=button[name="${button}"]`, button === 'Allow' ? { account: 'marcus@acme.example' } : {}, DONE, `pill:${state}`],
    ]),
    ['?tab=spaces', '#spaces >> role=button[name="Make a space"]', { name: 'walked' }, DONE, '/_mock/spaces', { total: 2 }],
    ['?tab=spaces', '#spaces >> role=button[name="Drop space walked"]', {}, DONE, '/_mock/spaces', { total: 1 }],
    ['?tab=fixtures', '#reset >> role=button[name="Take"]', { ':name': "it's/one" }, DONE, SNAPSHOTS, { snapshots: [{ name: "it's/one" }] }],
    ['?tab=fixtures', '#reset >> text="Empty"', {}, DONE, '/_mock/spaces/default', { counts: { connections: 0 } }],
    ['?tab=fixtures', '#reset >> role=button[name="Restore undo"]', {}, DONE, '/v1/profile', {}],
    ['?tab=fixtures', '#reset >> text="Reset"', { only: '' }, DONE, SETTINGS, { seed: null }],
    ['?tab=fixtures', `#reset >> role=button[name="Delete snapshot it's/one"]`, {}, DONE, SNAPSHOTS, { total: 1 }],
    ['?tab=fixtures', '#fixtures >> role=button[name="Load"]', { '*': '{"teams": 7}' }, /^400 body\/teams /, SNAPSHOTS, {}],
    ['?tab=fixtures', '#fixtures >> role=button[name="Load"]', { '*': LOADED }, DONE, `/v1/connections/${CONNECTION}`, { name: 'Loaded' }],
    ['?tab=connections', '#make-createConnection button', { name: 'Made', provider: 'user', auth_method: 'url' }, DONE, 'heading:Made'],
    ['?tab=connections&id={id}', '#detail >> role=button[name="Set the state"]', { to: 'revoked' }, DONE, '/v2/connections/{id}', { broken_reason: 'Access was revoked at the provider' }],
    ['?tab=connections&id={id}', '#do-updateConnection button', {}, /^Nothing is changed yet/, 'heading:Made'],
    ['?tab=connections&id={id}', '#do-updateConnection button', { name: 'Changed' }, DONE, 'heading:Changed'],
    ['?tab=connections&id={id}', '#detail >> role=button[name="Delete a connection"]', {}, DONE, 'gone'],
    [`${AGENTS}secrets`, '#make-createSecret button', { name: 'Vault', values: 'A_TOKEN=canary1\nB: canary2' }, DONE, 'heading:Vault'],
    [`${AGENTS}secrets&id={id}`, '#do-updateSecret button', { name: 'Safe', add_values: 'C=canary3' }, DONE, 'heading:Safe'],
    [`${AGENTS}secrets&id={id}`, '#detail >> role=button[name="Delete a secret"]', {}, DONE, 'gone'],
    [`${AGENTS}queues`, '#make-createQueue button', { name: 'Orders', description: 'New ones' }, DONE, 'heading:Orders'],
    [`${AGENTS}queues&id={id}`, '#do-updateQueue button', { description: '' }, DONE, '/v2/queues/{id}', { queue: { name: 'Orders', description: null } }],
    [`${AGENTS}queues&id={id}`, '#detail >> role=button[name="Delete a queue"]', {}, DONE, 'gone'],
    ['?tab=webhooks&list=webhooks', '#list >> role=button[name="Subscribe"]', { events: 'run.completed run.failed' }, DONE, '/_mock/webhooks', { webhooks: [{ events: ['run.completed', 'run.failed'] }] }],
    ['?tab=webhooks&list=webhooks{new}', '#detail >> role=button[name="Pause"]', {}, DONE, '/_mock/webhooks', { webhooks: [{ paused: true }] }],
    ['?tab=webhooks&list=webhooks{new}', '#detail >> role=button[name="Resume"]', {}, DONE, '/_mock/webhooks', { webhooks: [{ paused: false }] }],
    ['?tab=webhooks&list=webhooks{new}', '#detail >> role=button[name="Delete a subscription"]', {}, DONE, 'gone'],
    ['?tab=reference&id=GET /_mock/version', '#detail >> role=button[name="Send"]', {}, DONE, 'answer:"version":'],
    ['?tab=reference&id=POST /v1/connections', '#detail >> role=button[name="Send"]', { '*': '{}' }, /^400 body\/name/, 'answer:"message":'],
];

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

export default async ({ mock, page }) => {
    const seen = new Set(), sent = new Set();
    await mock.must(200, 'GET', '/v1/profile');
    const { requests: [{ id: entry }] } = await mock.must(200, 'GET', '/_mock/requests');
    let id;
    for (const [query, selector, fields, told, ...after] of WALK) {
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
};
