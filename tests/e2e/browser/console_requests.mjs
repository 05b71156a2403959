// A request on the console: copied as curl, fetch and Python it does the same again; it is sent again from there, and a
// fault, a verification and a fixture are made of it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { act, curl, openConsole, openTab } from '../lib/console.mjs';
import { complaint } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true, permissions: ['clipboard-read', 'clipboard-write'] };
export const expected = [complaint(401), complaint(422)];

const PROGRAMS = [['as-curl', 'sh', ['-c']], ['as-fetch', 'node', ['--input-type=module', '-e']],
    ['as-python', 'python3', ['-c']]];
const BODY = { name: "Grown's \"tools\" \\ ünï", provider: 'user', auth_method: 'url' };

async function named(mock) {
    return (await mock.connections('custom_mcp')).filter(one => one.name === BODY.name);
}

/** What its button copies: without the line end at its end, with which a shell would run it as soon as it is pasted. */
async function copied(page, testId) {
    const whole = page.locator(`details:has([data-testid=${testId}])`);
    if (!await whole.getAttribute('open'))
        await whole.evaluate(details => { details.open = true; });
    await whole.getByRole('button').click();
    await page.getByTestId('told').filter({ hasText: 'copied' }).waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
}

async function copies(mock, page) {
    const env = { ...process.env, KEY: 'dv_test_owner' };
    for (const [i, [testId, program, args]] of PROGRAMS.entries()) {
        const text = await page.getByTestId(testId).textContent();
        assert.ok(text.includes('KEY') && !text.includes('dv_test'), text);
        assert.equal(await copied(page, testId), text.trimEnd());
        assert.match(execFileSync(program, [...args, text], { env, encoding: 'utf8', stdio: 'pipe' }), /"name":"Grown's/);
        assert.equal((await named(mock)).length, i + 2, testId);
    }
}

async function again(mock, page) {
    await page.getByLabel('Body').fill(JSON.stringify({ ...BODY, name: 'Sent again' }));
    await act(page, 'detail', 'Send again');
    assert.ok((await mock.connections('custom_mcp')).some(one => one.name === 'Sent again'));
    await page.getByLabel('API key').fill('dv_test_nobody');
    await page.locator('#detail').getByRole('button', { name: 'Send again' }).click();
    await page.getByTestId('told').filter({ hasText: '401' }).waitFor();
    await page.getByLabel('API key').fill('dv_test_owner');
    await page.getByLabel('Body').fill('{"x": "[redacted:1]"}');
    await page.locator('#detail').getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Secrets in the body are masked').waitFor();
}

async function make(mock, page) {
    await page.getByLabel('Verify that it came').fill('77');
    await page.locator('#detail').getByRole('button', { name: 'Verify' }).click();
    await page.getByTestId('told').filter({ hasText: /^422 .*expected.*77/i }).waitFor();
    await page.getByLabel('Verify that it came').fill('6');
    await act(page, 'detail', 'Verify');
    await page.getByRole('button', { name: 'Fixture of its rows' }).hover();
    assert.equal(await curl(page), `curl -X GET '${mock.origin}/_mock/fixtures'`);
    await act(page, 'detail', 'Fixture of its rows');
    const fixture = JSON.parse(await page.getByTestId('fixture').textContent());
    assert.deepEqual(fixture.connections.map(one => one.name), [BODY.name]);
    await page.getByRole('link', { name: 'A fault' }).click();
    await page.waitForURL(/tab=faults&operation=createConnection/);
    assert.equal(await page.getByLabel('Operation').inputValue(), 'createConnection');
    await act(page, 'faults', 'Add the fault');
    assert.equal((await mock.call('POST', '/v1/connections', BODY)).status, 503);
    await openTab(page, 'Requests');
    await page.locator('.entry', { hasText: '503' }).getByText('fault', { exact: true }).waitFor();
}

async function own(mock, page) {
    await mock.call('POST', '/v1/connections/mcp/probe', { server_url: `${mock.origin}/_mock/mcp/modern`, auth_method: 'url' });
    await page.locator('.own').first().waitFor();
    await page.locator('.entry', { hasText: '/v1/connections/mcp/probe' }).waitFor(); // which ends behind those that it makes
    const all = await page.locator('.entry').count();
    await page.getByRole('link', { name: 'Hide the mock’s own' }).click();
    await page.getByRole('link', { name: 'Show the mock’s own' }).waitFor();
    assert.equal(await page.locator('.own').count(), 0);
    assert.ok(await page.locator('.entry').count() < all);
}

export default async ({ mock, page }) => {
    await mock.must(201, 'POST', '/v1/connections', BODY);
    await openConsole(page, mock);
    await page.locator('.entry').click();
    await page.getByTestId('as-python').waitFor({ state: 'attached' });
    await copies(mock, page);
    await again(mock, page);
    await make(mock, page);
    await own(mock, page);
};
