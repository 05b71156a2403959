// Slips of the hand: a double click makes one row, what cannot be read is said in words, and Undo is of the space that it was
// offered in.

import assert from 'node:assert/strict';
import { act, fill, openConsole } from '../lib/console.mjs';
import { complaint } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true };
export const tolerated = [complaint(404)]; // a second click of a delete

const named = async (mock, name) => (await mock.connections('custom_mcp')).filter(one => one.name === name).length;

async function makesOne(page, mock) {
    await openConsole(page, mock, '?tab=connections');
    const form = await fill(page, 'Create a connection', { name: 'Once' });
    await form.getByRole('button').dblclick();
    await page.locator('#h-detail', { hasText: 'Once' }).waitFor();
    assert.equal(await named(mock, 'Once'), 1);
}

/** What a form leaves alone is not sent, though a line shows no line break. */
async function keepsLines(page, mock) {
    const { id } = await mock.must(201, 'POST', '/v1/connections', { name: 'Two\nlines', provider: 'user', auth_method: 'url',
        server_url: 'https://a.example/mcp' });
    await openConsole(page, mock, `?tab=connections&id=${id}`);
    await fill(page, 'Update a connection', { server_url: 'https://b.example/mcp' });
    await act(page, 'detail', 'Update a connection');
    assert.equal((await mock.connection(id)).name, 'Two\nlines');
}

async function saysWhatIsNoJson(page, mock) {
    await openConsole(page, mock, '?tab=agents&list=agents');
    const form = await fill(page, 'Create an agent', { name: 'Slip', build: 'none' });
    await form.getByRole('button').click();
    await page.getByText('build: that is no JSON').waitFor();
}

/** Both spaces have a snapshot to undo with: that of the other one is not what was meant. */
async function undoesHere(page, mock) {
    await mock.must(201, 'POST', '/_mock/spaces', { name: 'other' });
    await mock.must(200, 'PUT', '/_mock/s/other/_mock/snapshots/undo');
    await openConsole(page, mock, '?tab=fixtures');
    await act(page, 'reset', 'Empty');
    await page.getByRole('button', { name: 'Undo', exact: true }).waitFor();
    await page.locator('#switch summary').click();
    await page.locator('#switch').getByRole('link', { name: 'other' }).click();
    await page.getByTestId('space').filter({ hasText: 'other' }).waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).waitFor({ state: 'hidden' });
}

export default async ({ mock, page }) => {
    await makesOne(page, mock);
    await keepsLines(page, mock);
    await saysWhatIsNoJson(page, mock);
    await undoesHere(page, mock);
};
