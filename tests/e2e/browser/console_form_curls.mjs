// Without scripts no form is shown, but what it would send: the commands of the console do what they say when they are
// pasted into a shell that has the key in KEY.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

// An agent that is made here has no live revision that could run: it comes last.
const LISTS = ['connections', 'secrets', 'logins', 'queues', 'schedules', 'runs', 'builds', 'cases', 'dashboards', 'teams',
    'accounts', 'inboxes', 'agents'];
const TABS = { connections: 'connections', accounts: 'sign-ins', inboxes: 'webhooks' };

/** The status of the reply to a command. */
async function statusOf(command) {
    const { stdout } = await run('sh', ['-c', `${command} -s -o /dev/null -w '%{http_code}'`],
        { env: { ...process.env, KEY: 'dv_test_owner' } });
    return Number(stdout);
}

async function commandsOf(page, mock, query) {
    await page.goto(`${mock.origin}/_mock/?${query}`);
    const texts = await page.locator('#list details[id^="curls-"] pre, #curls-forms pre').allTextContents();
    return texts.join('\n').split('\n').filter(line => line.startsWith('curl'));
}

export default async ({ mock, page }) => {
    for (const list of LISTS) {
        const tab = TABS[list] ?? 'agents';
        const [make] = await commandsOf(page, mock, `tab=${tab}&list=${list}`);
        const status = await statusOf(make);
        assert.ok(status >= 200 && status < 300, `${list}: ${status} from ${make}`);
    }
    const { connections: [first] } = await mock.must(200, 'GET', '/v1/connections?type=custom_mcp');
    const acts = await commandsOf(page, mock, `tab=connections&id=${first.id}`);
    assert.deepEqual(acts.map(command => command.match(/ -X (\w+)/)[1]), ['POST', 'PATCH', 'DELETE']);
    assert.equal(await statusOf(acts[1]), 200);
    assert.equal(await statusOf(acts[2]), 200);
    await mock.must(404, 'GET', `/v1/connections/${first.id}`);
};
