// The reference: every operation is found, read and tried from there, and the commands shown do the same; of all operations
// there is a page to read.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openConsole } from '../lib/console.mjs';
import { complaint } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true };
export const expected = [complaint(400)];

const BODY = { name: 'Tried', provider: 'user', auth_method: 'url' };
const send = page => page.locator('#detail').getByRole('button', { name: 'Send' }).click();

async function tries(mock, page) {
    await page.locator('#q').fill('createConnection v1');
    await page.getByTestId('total').filter({ hasText: '1 of' }).waitFor();
    await page.locator('.endpoint').click();
    const text = await page.locator('#detail').innerText();
    for (const part of ['POST', '/v1/connections', 'createConnection', 'auth_method', 'in the body, required', '403'])
        assert.ok(text.includes(part), `${part} is missing in\n${text}`);
    await page.getByLabel('Body').fill('{"name": ""}');
    await send(page);
    await page.getByTestId('answer').filter({ hasText: '"error": "Bad Request"' }).waitFor();
    await page.getByLabel('Body').fill(JSON.stringify(BODY));
    await send(page);
    await page.getByTestId('answer').filter({ hasText: '"name": "Tried"' }).waitFor();
    const source = await program(page, 'curl'), env = { ...process.env, KEY: 'dv_test_owner' };
    assert.match(execFileSync('sh', ['-c', source], { env, encoding: 'utf8', stdio: 'pipe' }), /"name":"Tried"/);
    assert.equal(run('node', await program(page, 'node')).name, 'Tried');
    assert.equal(run('python', await program(page, 'python')).name, 'Tried');
    assert.equal((await mock.connections('custom_mcp')).filter(one => one.name === 'Tried').length, 4);
}

/** What a reader sees of a program. */
const program = (page, name) => page.locator(`[data-program=${name}]`).evaluate(pre => {
    pre.closest('details').open = true;
    return pre.innerText;
});

/** Runs a program with our packages as they stand here; what it prints, as JSON prints it. */
function run(language, source) {
    const env = { ...process.env, KEY: 'dv_test_owner', PYTHONPATH: resolve('docker/packages/python'), PYTHONDONTWRITEBYTECODE: '1' };
    const text = language === 'node' ? source.replace('"duvo-mock"', JSON.stringify(pathToFileURL('docker/packages/npm/index.mjs')))
        .replace('console.log(reply)', 'console.log(JSON.stringify(reply))')
        : `import json\n${source.replace('print(reply)', 'print(json.dumps(reply))')}`;
    const [file, args] = language === 'node' ? ['node', ['--input-type=module', '-e']] : ['python3', ['-c']];
    return JSON.parse(execFileSync(file, [...args, text], { env, encoding: 'utf8', stdio: 'pipe' }));
}

async function fillsParameters(mock, page) {
    const [{ id }] = await mock.connections('custom_mcp');
    await openConsole(page, mock, '?tab=reference&id=GET+%2Fv1%2Fconnections%2F%7Bconnection_id%7D');
    await page.locator('#detail input[name=":connection_id"]').fill(id);
    await send(page);
    await page.getByTestId('answer').filter({ hasText: id }).waitFor();
    await openConsole(page, mock, '?tab=reference&id=GET+%2F_mock%2Frequests');
    await page.locator('#detail input[name="?q"]').fill('op:createConnection status:201');
    await send(page);
    await page.getByTestId('answer').filter({ hasText: '"total": 4' }).waitFor();
    for (const language of ['node', 'python'])
        assert.equal(run(language, await program(page, language)).length, 4);
}

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
    await page.locator('#detail input[name="?limit"]').fill('3');
    await page.locator('#detail input[name="?type"]').fill('custom_mcp');
    for (const language of ['node', 'python'])
        assert.equal(run(language, await program(page, language)).connections.length, 3);
    const name = 'It\'s "quoted" \\ true, null €';
    await openConsole(page, mock, '?tab=reference&id=POST+%2Fv1%2Fconnections');
    await page.getByLabel('Body').fill(JSON.stringify({ ...BODY, name }));
    for (const language of ['node', 'python'])
        assert.equal(run(language, await program(page, language)).name, name);
    const env = { ...process.env, KEY: 'dv_test_owner' };
    assert.equal(JSON.parse(execFileSync('sh', ['-c', await program(page, 'curl')], { env, stdio: ['ignore', 'pipe', 'ignore'] })).name, name);
    await openConsole(page, mock, '?tab=reference&id=POST+%2F_mock%2Ffaults');
    await page.getByLabel('Body').fill(JSON.stringify({ match: { operation: 'getProfile' }, action: { status: 503, body: null }, times: 1 }));
    assert.match(await program(page, 'python'), /match=\{[^]*"body": None[^]*times=1,/);
    for (const language of ['node', 'python'])
        assert.equal(run(language, await program(page, language)).times, 1);
}

export default async ({ mock, page }) => {
    await openConsole(page, mock, '?tab=reference');
    await tries(mock, page);
    await fillsParameters(mock, page);
    await leavesExamples(mock, page);
    await takesWhatIsTyped(mock, page);
    await page.goto(`${mock.origin}/_mock/?tab=reference`);
    const ids = await page.locator('[data-list] li').evaluateAll(all => all.map(one => one.dataset.key));
    assert.ok(ids.length > 200);
    for (const id of ids) {
        const reply = await fetch(`${mock.origin}/_mock/?${new URLSearchParams({ tab: 'reference', id })}`);
        assert.ok(reply.ok && (await reply.text()).includes('id="detail"'), id);
    }
};
