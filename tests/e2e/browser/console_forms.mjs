// Secrets, logins, queues and schedules are made, changed and deleted on the console, with forms that have the fields of
// the operation; the row that was made is shown. Each form shows its command, in which a secret is a variable.

import { goThrough } from '../lib/console_rows.mjs';

export const options = { javaScriptEnabled: true };

const AGENT = '6f1d2c3b-5555-4aaa-8bbb-000000000002';
const ROWS = [
    ['agents', 'secrets', 'Create a secret', { name: 'Vault', values: 'A_TOKEN=canary1\nB=canary2' }, 'Vault',
        'Update a secret', { name: 'Safe', add_values: 'C=canary3' }, 'Delete a secret'],
    ['agents', 'logins', 'Create a login', { domain: 'shop.example', username: 'olivia', password: 'canary4' },
        'shop.example', 'Update a login', { password: 'canary5', username: '' }, 'Delete a login'],
    ['agents', 'queues', 'Create a queue', { name: 'Orders', description: 'New ones' }, 'Orders',
        'Update a queue', { description: '' }, 'Delete a queue'],
    ['agents', 'schedules', 'Create a schedule', { agent_id: AGENT, frequency: 'daily', time: '07:30', timezone: 'Europe/London' },
        'daily', 'Update a schedule', { enabled: 'false', frequency: 'monthly', day_of_month: '3' }, 'Delete a schedule'],
];

export default async ({ mock, page }) => {
    for (const row of ROWS)
        await goThrough(page, mock, row);
};
