// An inbox keeps each message once, whatever else the server does meanwhile: keys that change are no reason to take it twice.

import assert from 'node:assert/strict';
import { startMock } from '../../e2e/lib/mock.mjs';

const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002', OWNER = '6f1d2c3b-1111-4aaa-8bbb-000000000001';
const MESSAGES = 10, SUBSCRIPTIONS = 100;
/** With so many signatures to compare, a message takes long enough for keys to change meanwhile. */
const BODY = JSON.stringify({ text: 'x'.repeat(350000) });
const HEADERS = { 'content-type': 'application/json', 'webhook-id': 'a', 'webhook-timestamp': '1', 'webhook-signature': `v1,${'A'.repeat(43)}=` };

export default async function inbox({ program }) {
    const mock = await startMock(program, { flags: ['--log', 'off'] });
    const url = `${mock.origin}/_mock/inbox/box`;
    let sent = 0, keys = 0;
    try {
        for (let i = 0; i < SUBSCRIPTIONS; i++)
            await mock.must(201, 'POST', '/_mock/webhooks', { url, paused: true });
        const makeKeys = async () => {
            for (; sent < MESSAGES; keys++)
                await mock.must(201, 'POST', '/_mock/keys', { team_id: TEAM, user_id: OWNER });
        };
        const making = makeKeys();
        for (; sent < MESSAGES; sent++)
            assert.equal((await fetch(url, { method: 'POST', headers: HEADERS, body: BODY })).status, 200);
        await making;
        const { messages, total, dropped } = await mock.must(200, 'GET', '/_mock/inbox/box');
        assert.deepEqual([messages.length, total, dropped], [MESSAGES, MESSAGES, 0], 'messages that were sent once');
        assert.ok(messages.every(one => one.signed === false), 'their signatures were compared');
        await mock.stop();
    } finally {
        await mock.kill();
    }
    assert.ok(keys > MESSAGES, 'keys were made meanwhile');
    console.log(`${MESSAGES} messages kept beside ${keys} new keys`);
}
