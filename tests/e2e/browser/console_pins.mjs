// On the console somebody chooses a connection for a slot of a build, and takes it back; a team that was made there gets a key,
// which is shown once, and works.

import assert from 'node:assert/strict';
import { act, curl, fill, openConsole } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

const BUILD = '6f1d2c3b-6666-4aaa-8bbb-000000000002', CUSTOM = '6f1d2c3b-3333-4aaa-8bbb-000000000001';

/** The pins of the slot, as the API has them. */
async function pins(mock) {
    const { agent_id } = (await mock.must(200, 'GET', '/_mock/fixtures')).builds.find(one => one.id === BUILD);
    const path = `/v1/agents/${agent_id}/revisions/${BUILD}/integrations/${CUSTOM}/connections`;
    return (await mock.must(200, 'GET', path)).connections.map(one => one.connection_id);
}

async function pinsAndUnpins(mock, page) {
    const { id } = await mock.must(201, 'POST', '/v1/connections', { name: 'To be pinned', provider: 'user', auth_method: 'url',
        custom_integration_id: CUSTOM });
    const before = await pins(mock);
    await openConsole(page, mock, `?tab=agents&list=builds&id=${BUILD}`);
    await fill(page, 'Pin a connection', { integration_id: CUSTOM, connection_id: id });
    assert.match(await curl(page), new RegExp(`/revisions/${BUILD}/integrations/${CUSTOM}/connections' --json '{"connection_id":"${id}"}'$`));
    await act(page, 'detail', 'Pin a connection');
    assert.deepEqual((await pins(mock)).sort(), [...before, id].sort());
    await openConsole(page, mock, '?tab=connections&list=pins');
    await page.locator('.item', { hasText: id }).waitFor();
    await openConsole(page, mock, `?tab=agents&list=builds&id=${BUILD}`);
    await fill(page, 'Unpin a connection', { integration_id: CUSTOM, connection_id: id });
    await act(page, 'detail', 'Unpin a connection');
    assert.deepEqual((await pins(mock)).sort(), before.sort());
}

async function makesKey(mock, page) {
    await openConsole(page, mock, '?tab=agents&list=teams');
    await fill(page, 'Create a team', { name: 'Field' });
    await act(page, 'list', 'Create a team');
    await page.locator('#detail h2', { hasText: 'Field' }).waitFor();
    const team = await page.locator('#detail').getAttribute('data-id');
    await fill(page, 'Make an API key', {});
    await act(page, 'detail', 'Make an API key');
    const told = await page.getByTestId('told').filter({ hasText: 'dv_key_' }).innerText(), [key] = told.match(/dv_key_[\w-]+/);
    const reply = await fetch(`${mock.origin}/v1/teams/${team}`, { headers: { authorization: `Bearer ${key}` } });
    assert.equal(reply.status, 200);
    await page.reload();
    assert.ok(!(await page.content()).includes(key), 'it is shown once');
}

export default async ({ mock, page }) => {
    await pinsAndUnpins(mock, page);
    await makesKey(mock, page);
};
