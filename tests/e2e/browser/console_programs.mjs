// The programs of the reference follow what is typed: the examples stay until something takes their place, and what means
// something to a language stands in it as that language writes it.

import assert from 'node:assert/strict';
import { openConsole } from '../lib/console.mjs';
import { program, run, runShell } from '../lib/programs.mjs';

export const options = { javaScriptEnabled: true };

const BODY = { provider: 'user', auth_method: 'url' };

/** What the script makes of the examples is what the server had written; typing and emptying leaves it so. */
async function leavesExamples(mock, page) {
    for (const id of ['POST /v1/connections', 'POST /_mock/faults', 'POST /_mock/mcp/{preset}/token', 'PATCH /v2/connections/{connection_id}',
        'GET /v2/agents/{agent_id}/case-triggers/conflict-preview', 'GET /v1/connections']) {
        await openConsole(page, mock, `?${new URLSearchParams({ tab: 'reference', id })}`);
        const texts = async () => [await program(page, 'curl'), await program(page, 'node'), await program(page, 'python')];
        const before = await texts(), key = page.locator('#detail [name=key]');
        await page.locator('#detail form').evaluate(form => form.dispatchEvent(new Event('input', { bubbles: true })));
        assert.deepEqual(await texts(), before, id);
        if (!await key.count())
            continue;
        await key.fill('another');
        assert.match(await program(page, 'node'), /key: process\.env\.KEY/);
        assert.match(await program(page, 'python'), /^import os[^]*key=os\.environ\["KEY"\]/);
        await key.fill('');
        assert.deepEqual((await texts())[1], before[1], id);
    }
}

/** A query, a number, and text that means something to a shell and to JSON. */
async function takesWhatIsTyped(mock, page) {
    await openConsole(page, mock, '?tab=reference&id=GET+%2Fv1%2Fconnections');
    await page.locator('#detail input[name="?limit"]').fill('1');
    await page.locator('#detail input[name="?type"]').fill('custom_mcp');
    for (const language of ['node', 'python'])
        assert.equal(run(language, await program(page, language)).connections.length, 1);
    const name = 'It\'s "quoted" \\ true, null €';
    await openConsole(page, mock, '?tab=reference&id=POST+%2Fv1%2Fconnections');
    await page.getByLabel('Body').fill(JSON.stringify({ ...BODY, name }));
    for (const language of ['node', 'python'])
        assert.equal(run(language, await program(page, language)).name, name);
    assert.equal(JSON.parse(runShell(await program(page, 'curl'))).name, name);
    await openConsole(page, mock, '?tab=reference&id=POST+%2F_mock%2Ffaults');
    await page.getByLabel('Body').fill(JSON.stringify({ match: { operation: 'getProfile' }, action: { status: 503, body: null }, times: 1 }));
    assert.match(await program(page, 'python'), /match=\{[^]*"body": None[^]*times=1,/);
    for (const language of ['node', 'python'])
        assert.equal(run(language, await program(page, language)).times, 1);
}

export default async ({ mock, page }) => {
    await leavesExamples(mock, page);
    await takesWhatIsTyped(mock, page);
};
