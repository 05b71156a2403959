// A fault that is added on the console makes requests fail, and none when it is deleted; the command shown does the same.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { act, curl, openConsole } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };

export default async ({ mock, page }) => {
    await openConsole(page, mock, '?tab=faults');
    const form = page.getByTestId('add-fault');
    await form.getByLabel('Operation').fill('getProfile');
    await form.getByLabel('What happens').selectOption({ label: '429 Too Many Requests' });
    await form.getByLabel('Times').fill('3');
    await act(page, 'faults', 'Add the fault');
    const command = await curl(page);
    assert.equal(command, `curl -X POST '${mock.origin}/_mock/faults' --json ` +
        `'{"match":{"operation":"getProfile"},"action":{"status":429},"times":3}'`);
    assert.equal((await mock.call('GET', '/v1/profile')).status, 429);
    await page.getByText('1 hits of 3').waitFor();
    await act(page, 'faults', 'Delete fault');
    await page.getByText('No faults: every request gets its own reply.').waitFor();
    assert.equal((await mock.call('GET', '/v1/profile')).status, 200);

    execFileSync('sh', ['-c', command], { stdio: 'ignore' });
    assert.equal((await mock.call('GET', '/v1/profile')).status, 429);
};
