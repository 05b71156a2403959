// A row on the console, from its form to its end.

import assert from 'node:assert/strict';
import { act, curl, fill, openConsole } from './console.mjs';

async function isShown(page, heading) {
    await page.locator('#detail h2', { hasText: heading }).waitFor();
    return page.locator('#detail').getAttribute('data-id');
}

/** What was typed as a secret is nowhere on the page, its attributes and the command included. */
async function hidesSecrets(page, form, fields) {
    const command = await curl(page);
    assert.match(command, /^curl -H "Authorization: Bearer \$KEY" -X [A-Z]+ 'http/);
    assert.doesNotMatch(command + await page.content(), /canary/);
    for (const [name, value] of Object.entries(fields))
        assert.ok(value.includes('canary') || !value || command.includes(value), `${name} in ${command}`);
}

async function change(page, title, fields) {
    const form = await fill(page, title, fields);
    await hidesSecrets(page, form, fields);
    const json = JSON.parse((await curl(page)).match(/--json '(.*)'$/s)[1].replaceAll(/'"\$\w+"'/g, ''));
    assert.deepEqual(Object.keys(json).sort(), Object.keys(fields).sort(), 'only what was changed is sent');
    await act(page, 'detail', title);
}

/** A row: its tab and list; how it is made, with what, and what is then its heading; how it is changed, and to what; how it
 *  goes. */
export async function goThrough(page, mock, [tab, list, makes, fields, heading, changes, changed, deletes]) {
    await openConsole(page, mock, `?tab=${tab}&list=${list}`);
    await hidesSecrets(page, await fill(page, makes, fields), fields);
    await act(page, 'list', makes);
    const id = await isShown(page, heading);
    assert.equal(new URL(page.url()).searchParams.get('id'), id);
    if (changes)
        await change(page, changes, changed);
    assert.doesNotMatch(await page.content(), /canary/);
    if (!deletes)
        return;
    await act(page, 'detail', deletes);
    await page.getByText('There is no such row any more').waitFor();
}
