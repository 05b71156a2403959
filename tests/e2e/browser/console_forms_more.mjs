// Agents and what hangs on them are made, changed and deleted on the console, as are teams and custom integrations, with
// forms that have the fields of the operation; the row that was made is shown.

import assert from 'node:assert/strict';
import { goThrough } from '../lib/console_rows.mjs';

export const options = { javaScriptEnabled: true };

const AGENT = '6f1d2c3b-5555-4aaa-8bbb-000000000002', QUEUE = '6f1d2c3b-9999-4aaa-8bbb-000000000001';
const ROWS = [
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

export default async ({ mock, page }) => {
    for (const row of ROWS)
        await goThrough(page, mock, row);
    const { folders } = await mock.must(200, 'GET', '/v1/agent-folders');
    assert.ok(folders.some(one => one.name === 'Selling'));
};
