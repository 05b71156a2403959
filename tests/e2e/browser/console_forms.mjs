// Rows of every kind are made, changed and deleted on the console, with forms that have the fields of the operation; the
// row that was made is shown. Each form shows its command, in which a secret is a variable.

import assert from 'node:assert/strict';
import { act, curl, fill, openConsole } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

const AGENT = '6f1d2c3b-5555-4aaa-8bbb-000000000002', QUEUE = '6f1d2c3b-9999-4aaa-8bbb-000000000001';

// tab, list; how it is made, with what, and what is then its heading; how it is changed, and to what; how it goes
const ROWS = [
    ['agents', 'secrets', 'Create a secret', { name: 'Vault', values: 'A_TOKEN=canary1\nB=canary2' }, 'Vault',
        'Update a secret', { name: 'Safe', add_values: 'C=canary3' }, 'Delete a secret'],
    ['agents', 'logins', 'Create a login', { domain: 'shop.example', username: 'olivia', password: 'canary4' },
        'shop.example', 'Update a login', { password: 'canary5', username: '' }, 'Delete a login'],
    ['agents', 'queues', 'Create a queue', { name: 'Orders', description: 'New ones' }, 'Orders',
        'Update a queue', { description: '' }, 'Delete a queue'],
    ['agents', 'schedules', 'Create a schedule', { agent_id: AGENT, frequency: 'daily', time: '07:30', timezone: 'Europe/London' },
        'daily', 'Update a schedule', { enabled: 'false', frequency: 'monthly', day_of_month: '3' }, 'Delete a schedule'],
    ['agents', 'agents', 'Create an agent', { name: 'Scout' }, 'Scout',
        'Update an agent', { name: 'Finder', pinned: 'true' }, 'Delete an agent'],
    ['agents', 'case_triggers', 'Create a case trigger', { agent_id: AGENT, case_queue_id: QUEUE, enabled: 'true' }, QUEUE,
        'Update a case trigger', { enabled: 'false' }, 'Delete a case trigger'],
    ['agents', 'dashboards', 'Create a dashboard', { message: 'Mail of the week' }, '', undefined, {}, 'Delete a dashboard'],
    ['connections', 'custom_integrations', 'Register a custom integration', { name: 'Tools of ours', auth_method: 'oauth',
        server_url: 'https://a.example', oauth_client_id: 'us', oauth_client_secret: 'canary6' }, 'Tools of ours',
        undefined, {}, 'Delete a custom integration'],
    ['agents', 'folders', 'Create a folder', { name: 'Sales' }, 'Sales', 'Update a folder', { name: 'Selling' }, undefined],
    ['agents', 'cases', 'Create a case', { 'queue_id': QUEUE, 'case.title': 'Invoice 7' }, 'Invoice 7', undefined, {}, undefined],
    ['agents', 'teams', 'Create a team', { name: 'Field' }, 'Field', undefined, {}, undefined],
];

async function isShown(page, heading) {
    await page.locator('#detail h2', { hasText: heading }).waitFor();
    return page.locator('#detail').getAttribute('data-id');
}

/** What was typed as a secret is nowhere on the page, its attributes and the command included. */
async function hidesSecrets(page, form, fields) {
    const command = await curl(page);
    assert.match(command, /^curl -H "Authorization: Bearer \$KEY" -X [A-Z]+ 'http/);
    assert.doesNotMatch(command + await page.content(), /canary/);
    for (const [name, value] of Object.entries(fields))
        assert.ok(value.includes('canary') || !value || command.includes(value), `${name} in ${command}`);
}

async function change(page, title, fields) {
    const form = await fill(page, title, fields);
    await hidesSecrets(page, form, fields);
    const json = JSON.parse((await curl(page)).match(/--json '(.*)'$/s)[1].replaceAll(/'"\$\w+"'/g, ''));
    assert.deepEqual(Object.keys(json).sort(), Object.keys(fields).sort(), 'only what was changed is sent');
    await act(page, 'detail', title);
}

async function goThrough(page, mock, [tab, list, makes, fields, heading, changes, changed, deletes]) {
    await openConsole(page, mock, `?tab=${tab}&list=${list}`);
    await hidesSecrets(page, await fill(page, makes, fields), fields);
    await act(page, 'list', makes);
    const id = await isShown(page, heading);
    assert.equal(new URL(page.url()).searchParams.get('id'), id);
    if (changes)
        await change(page, changes, changed);
    assert.doesNotMatch(await page.content(), /canary/);
    if (!deletes)
        return;
    await act(page, 'detail', deletes);
    await page.getByText('There is no such row any more').waitFor();
}

export default async ({ mock, page }) => {
    for (const row of ROWS)
        await goThrough(page, mock, row);
    const { folders } = await mock.must(200, 'GET', '/v1/agent-folders');
    assert.ok(folders.some(one => one.name === 'Selling'));
};
