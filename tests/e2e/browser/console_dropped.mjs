// Of a space that was dropped, what is read stays; who goes on in it is told, and led to the console that there is.

import { isLive } from '../lib/console.mjs';
import { complaint } from '../lib/steps.mjs';

export const options = { javaScriptEnabled: true };
export const expected = [complaint(404)];

export default async ({ mock, page }) => {
    await mock.must(201, 'POST', '/_mock/spaces', { name: 'gone' });
    await page.goto(`${mock.origin}/_mock/s/gone/_mock/?tab=faults`);
    await isLive(page);
    await mock.must(200, 'DELETE', '/_mock/spaces/gone');
    await page.getByText('This space was dropped').waitFor();
    await page.getByRole('heading', { name: 'Faults' }).waitFor();
    await page.getByRole('link', { name: 'Connections', exact: true }).click();
    await page.getByText('space gone was dropped').waitFor();
    await page.getByRole('link', { name: 'To the console' }).click();
    await page.waitForURL(`${mock.origin}/_mock/`);
    await isLive(page);
    await page.getByRole('heading', { name: 'Requests' }).waitFor();
};
