// A run on the console goes on before one's eyes; what it asks is answered there.

import assert from 'node:assert/strict';
import { act, fill, openConsole } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002', AGENT = '6f1d2c3b-5555-4aaa-8bbb-000000000001';

export default async ({ mock, page }) => {
    await mock.must(201, 'POST', '/_mock/runs/next', { steps: [{ status: 'running' }, { message: 'Looking at it' },
        { human_request: { title: 'Send the letter?' } }, { message: 'The letter is sent' }] });
    await openConsole(page, mock, '?tab=agents');
    await mock.must(201, 'POST', `/v2/teams/${TEAM}/runs`, { agent_id: AGENT, message: 'Write a letter' });
    await page.locator('.item', { hasText: 'Write a letter' }).click();
    await page.locator('#detail').getByText('Send the letter?').waitFor();
    await page.locator('#detail').getByText('Looking at it').waitFor();
    await act(page, 'detail', 'Answer what a run asks');
    await page.locator('#detail').getByText('The letter is sent').waitFor();

    await mock.must(201, 'POST', '/_mock/runs/next', { steps: [{ status: 'running' }, { tool_call: { name: 'look_up' } },
        { human_request: { title: 'Which?', type: 'question', questions: [{ question: 'Which one, of 2?', options: [{ label: 'Both' }] }] } },
        { message: 'Both are sent' }] });
    await page.goBack();
    await fill(page, 'Start a run', { message: 'Send one' });
    await act(page, 'list', 'Start a run');
    await page.locator('#detail').getByText('look_up').first().waitFor();
    assert.equal(await page.getByLabel('answers', { exact: true }).inputValue(), 'Which one, of 2?=Both\n');
    await act(page, 'detail', 'Answer what a run asks');
    await page.locator('#detail').getByText('Both are sent').waitFor();
};
