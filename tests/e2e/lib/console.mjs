// What developers do on the console, and what they find there.

/** Opens the console of a space and waits until it is live. */
export async function openConsole(page, mock, path = '') {
    await page.goto(`${mock.origin}${path}/_mock/`);
    await page.locator('.pulse:text-is("live")').waitFor();
}

/** Presses the button of that name in the panel of that id, and waits until it is done. */
export async function act(page, panel, name) {
    await page.locator(`#${panel}`).getByRole('button', { name, exact: true }).click();
    await page.getByTestId('told').filter({ hasText: 'done' }).waitFor();
}

/** The command that the console shows. */
export const curl = page => page.getByTestId('curl').innerText();
