// What developers do on the console, and what they find there.

/** Opens a tab of a space's console and waits until it is live. */
export async function openConsole(page, mock, query = '', space = '') {
    await page.goto(`${mock.origin}${space}/_mock/${query}`);
    await isLive(page);
}

export const isLive = page => page.locator('.pulse:text-is("live")').waitFor();

/** Goes to the tab of that name. */
export async function openTab(page, name) {
    const link = page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name, exact: true });
    await link.click();
    await page.locator('.tabs [aria-current]', { hasText: name }).waitFor();
}

/** Presses the button of that name in the panel of that id, and waits until it is done. */
export async function act(page, panel, name) {
    await page.locator(`#${panel}`).getByRole('button', { name, exact: true }).click();
    await page.getByTestId('told').filter({ hasText: 'done' }).waitFor();
}

/** The command that the console shows. */
export const curl = page => page.getByTestId('curl').innerText();

/** Opens the form of that title and fills its fields, { label: value }: the form. */
export async function fill(page, title, fields) {
    const part = page.locator('details.make', { has: page.getByText(title, { exact: true }) });
    if (!await part.evaluate(one => one.open))
        await part.locator('summary').click();
    for (const [label, value] of Object.entries(fields)) {
        const field = part.getByLabel(label, { exact: true });
        if (await field.evaluate(one => one.tagName) === 'SELECT')
            await field.selectOption(value);
        else
            await field.fill(value);
    }
    return part.locator('form');
}
