// A head that the HTTP library refuses is answered on its own connection, in the API's shape, while others are in the
// middle of theirs or have sent more than one request: nobody else gets that answer.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../../e2e/lib/mock.mjs';
import { finalStatuses, listen, open } from '../lib/raw.mjs';

const ASKS = 'GET /_mock/health HTTP/1.1\r\nHost: localhost\r\n\r\n';
const refused = [
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505], ['GET / HTTP/9.9\r\nHost: x\r\n\r\n', 505], ['GET / http/1.1\r\nHost: x\r\n\r\n', 400],
    ['GET /\r\n\r\n', 400], ['GET / HTTP/x\r\n\r\n', 400], ['GET / HTTP/1.1\r\nHost: x\r\nnothing\r\n\r\n', 400],
    [`GET /${'x'.repeat(60000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414], [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(60000)}\r\n\r\n`, 431],
    [`GET / HTTP/1.1\r\nHost: x\r\n${'X: y\r\n'.repeat(3000)}\r\n`, 431], ['GET / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n', 413],
];

/** What a connection is in the middle of, and how it goes on to one good answer more. */
const others = {
    'nobody': null,
    'half a head': ['GET /_mock/health HTTP/1.1\r\nHo', 'st: localhost\r\n\r\n'],
    'half a request line': ['GET /_mock/hea', 'lth HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    'a request that was answered': [ASKS, ASKS],
    'one and a half': [ASKS + 'GET /_mock/health HT', 'TP/1.1\r\nHost: localhost\r\n\r\n'],
    'trailers': ['POST /_mock/reset HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: ',
        'y\r\n\r\n'],
};

async function round(origin, [begin, end] = [], bytes) {
    const other = begin && listen(await open(origin));
    other?.write(begin);
    await sleep(other ? 60 : 0);
    const socket = listen(await open(origin));
    socket.write(bytes);
    await Promise.race([socket.ended, sleep(3000)]);
    socket.destroy();
    other?.write(end);
    for (let i = 0; other && !finalStatuses(other.got).length && i < 100; i++)
        await sleep(30);
    other?.destroy();
    return { got: `${socket.got}`, others: other ? finalStatuses(other.got) : [] };
}

export default async function refusedHeads({ program }) {
    const mock = await startMock(program, { flags: ['--log', 'off'] });
    let own = 0, all = 0;
    try {
        for (const [name, other] of Object.entries(others))
            for (const [bytes, status] of refused) {
                const { got, others: statuses } = await round(mock.origin, other ?? undefined, bytes);
                const shown = `${name}, ${JSON.stringify(bytes.slice(0, 60))}: ${got.slice(0, 200)}`;
                assert.deepEqual(finalStatuses(got), [status], shown);
                assert.ok(statuses.every(one => one === 200 || one === 204), `${shown}: the other one got ${statuses}`);
                assert.equal(statuses.length > 0, Boolean(other), `${shown}: the other one got nothing`);
                const shaped = /x-request-id: /i.test(got) && got.includes('{"') && /connection: close/i.test(got);
                assert.ok(shaped || other, shown);
                own += shaped;
                all++;
            }
        console.log(`${own} of ${all} refusals in the API's shape`);
        await mock.stop();
    } finally {
        await mock.kill();
    }
}
