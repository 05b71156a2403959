// On the console: the clock, a connection's state, settings, snapshots, outcomes and reset, each with its command.

import assert from 'node:assert/strict';
import { act, curl, openConsole, openTab } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

async function clock(mock, page) {
    await openTab(page, 'Clock');
    await act(page, 'clock', 'Freeze');
    assert.equal(await curl(page), `curl -X PUT '${mock.origin}/_mock/clock' --json '{"action":"freeze"}'`);
    assert.equal((await mock.must(200, 'GET', '/_mock/clock')).mode, 'frozen');
    const { now } = await mock.must(200, 'GET', '/_mock/clock');
    await act(page, 'clock', 'Advance');
    const later = await mock.must(200, 'GET', '/_mock/clock');
    assert.equal(Date.parse(later.now) - Date.parse(now), 3600 * 1000);
    await page.getByTestId('now').filter({ hasText: later.now }).waitFor();
    await act(page, 'clock', 'Resume');
    assert.equal((await mock.must(200, 'GET', '/_mock/clock')).mode, 'running');
}

async function connection(mock, page) {
    const { id } = await mock.must(201, 'POST', '/v1/connections',
        { name: 'Subject', provider: 'user', auth_method: 'url' });
    await openTab(page, 'Connections');
    await page.locator('.item', { hasText: 'Subject' }).click();
    await page.locator(`#detail[data-id="${id}"]`).waitFor();
    await page.getByLabel('New state').selectOption('revoked');
    await act(page, 'detail', 'Set the state');
    await page.locator('#detail').getByText('Access was revoked at the provider').waitFor();
    assert.equal((await mock.must(200, 'GET', `/v2/connections/${id}`)).broken_reason,
        'Access was revoked at the provider');
    assert.ok((await curl(page)).endsWith(`/_mock/connections/${id}/transition' --json '{"to":"revoked"}'`));
}

async function settings(mock, page) {
    await openTab(page, 'Clock');
    await page.locator('#settings button[name=strict]').click();
    await page.locator('#settings button[name=strict][value=false]').waitFor();
    await act(page, 'settings', 'auto');
    await page.getByLabel('New seed').fill('42');
    await act(page, 'settings', 'Set seed');
    const { strict, consent, seed } = await mock.must(200, 'GET', '/_mock/settings');
    assert.deepEqual({ strict, consent, seed }, { strict: true, consent: 'auto', seed: 42 });
}

async function snapshots(mock, page) {
    await openTab(page, 'Fixtures and snapshots');
    await page.getByLabel('Snapshot', { exact: true }).fill("it's/one");
    await act(page, 'reset', 'Take');
    assert.equal(await curl(page), `curl -X PUT '${mock.origin}/_mock/snapshots/it'\\''s%2Fone'`);
    await act(page, 'reset', 'Empty');
    assert.equal((await mock.call('GET', '/v1/profile')).status, 200);
    assert.equal((await mock.connections('custom_mcp')).length, 0);
    await act(page, 'reset', "Restore it's/one");
    assert.ok((await mock.connections('custom_mcp')).some(one => one.name === 'Subject'));
    await act(page, 'reset', "Delete snapshot it's/one");
    assert.deepEqual((await mock.must(200, 'GET', '/_mock/snapshots')).snapshots.map(one => one.name), ['undo']);
}

export default async ({ mock, page }) => {
    await openConsole(page, mock);
    await clock(mock, page);
    await connection(mock, page);
    await settings(mock, page);
    await snapshots(mock, page);
    await openTab(page, 'Sign-ins');
    await page.locator('#outcomes select').selectOption('deny');
    await act(page, 'outcomes', 'Order');
    assert.equal((await mock.must(200, 'GET', '/_mock/oauth/next')).outcomes[0].outcome, 'deny');
    await openTab(page, 'Fixtures and snapshots');
    await page.getByLabel('Of').selectOption('');
    await act(page, 'reset', 'Reset');
    assert.ok(!(await mock.connections('custom_mcp')).some(one => one.name === 'Subject'));
    assert.equal((await mock.must(200, 'GET', '/_mock/settings')).strict, false);
};
