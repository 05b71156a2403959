// The reference: every operation is found, read and tried from there, and the commands shown do the same; of all operations
// there is a page to read.

import assert from 'node:assert/strict';
import { openConsole } from '../lib/console.mjs';
import { program, run, runShell } from '../lib/programs.mjs';
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
    assert.match(runShell(await program(page, 'curl')), /"name":"Tried"/);
    assert.equal(run('node', await program(page, 'node')).name, 'Tried');
    assert.equal(run('python', await program(page, 'python')).name, 'Tried');
    assert.equal((await mock.connections('custom_mcp')).filter(one => one.name === 'Tried').length, 4);
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

export default async ({ mock, page }) => {
    await openConsole(page, mock, '?tab=reference');
    await tries(mock, page);
    await fillsParameters(mock, page);
    await page.goto(`${mock.origin}/_mock/?tab=reference`);
    const ids = await page.locator('[data-list] li').evaluateAll(all => all.map(one => one.dataset.key));
    assert.ok(ids.length > 200);
    for (const id of ids) {
        const reply = await fetch(`${mock.origin}/_mock/?${new URLSearchParams({ tab: 'reference', id })}`);
        assert.ok(reply.ok && (await reply.text()).includes('id="detail"'), id);
    }
};
