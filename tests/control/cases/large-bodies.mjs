// Reading a large body keeps nobody else waiting: not the worst that fits in the limit, and not many at once.

import assert from 'node:assert/strict';
import { startMock } from '../../e2e/lib/mock.mjs';
import { request } from '../lib/http.mjs';

const JSON_HEADERS = { authorization: 'Bearer dv_test_owner', 'content-type': 'application/json' };
const LONGEST_MS = 500; // of a machine that others use, too; alone it is 35 to 100, and was 1,100 and more

/** A document of so many bytes, of the values that cost a reader the most: each is a piece of memory of its own. */
function document(bytes) {
    return Buffer.from(`{"connections":[${'[],'.repeat(bytes / 3)}[]]}`);
}

const LARGEST = document(31e6), LARGE = document(1e6);

/** The longest wait of readers on connections of their own, until `work` is done. */
async function longestWait(mock, work) {
    let over = false, longest = 0, replies = 0;
    const read = async () => {
        while (!over) {
            const began = performance.now();
            assert.equal((await request(mock.origin, 'GET', '/v1/profile', { headers: JSON_HEADERS })).status, 200);
            longest = Math.max(longest, performance.now() - began);
            replies++;
        }
    };
    const readers = Array.from({ length: 8 }, read);
    try {
        await work();
    } finally {
        over = true;
        await Promise.all(readers);
    }
    assert.ok(replies > 8, `only ${replies} replies meanwhile`);
    return longest;
}

const cases = {
    '31 MB of []': async mock => {
        const reply = await request(mock.origin, 'POST', '/_mock/fixtures', { headers: JSON_HEADERS, body: LARGEST });
        assert.ok([400, 413].includes(reply.status), `HTTP ${reply.status}: ${reply.text?.slice(0, 200)}`);
    },
    '20 of 1 MB': async mock => {
        const replies = await Promise.all(Array.from({ length: 20 }, () =>
            request(mock.origin, 'POST', '/v1/connections', { headers: JSON_HEADERS, body: LARGE })));
        for (const reply of replies)
            assert.equal(reply.status, 400, reply.text?.slice(0, 200));
    },
};

export default async function largeBodies({ program, slow }) {
    const mock = await startMock(program);
    try {
        for (const [name, work] of Object.entries(cases)) {
            const ms = await longestWait(mock, () => work(mock));
            console.log(`the longest wait beside ${name}: ${ms.toFixed(0)} ms`);
            assert.ok(slow || ms < LONGEST_MS, `beside ${name} a request waited for ${ms} ms`);
        }
        await mock.stop();
    } finally {
        await mock.kill();
    }
}
