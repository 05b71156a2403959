// Whatever a request is framed with, the one that hides behind it is not done, and nothing but a refusal is answered.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../../e2e/lib/mock.mjs';
import { finalStatuses, listen, open } from '../lib/raw.mjs';

const HIDDEN = 'GET /v1/hidden HTTP/1.1\r\nHost: localhost\r\n\r\n';
const START = 'POST /v1/connections HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer dv_test_owner\r\nContent-Type: application/json\r\n';

/** Header lines, each for a body of which one reader sees nothing, another all that comes behind. */
const lengths = ['+2', '-2', '2, 2', '2,0', '0x2', '2e0', '2.0', '02 ', ' 2 2', '"2"', '2;', '2\t,', '\x0b2', '2\x00', '\xb2', '٢', '18446744073709551618',
    '99999999999999999999', '9223372036854775808', ''].map(value => ({ head: `Content-Length: ${value}`, body: '{}' }));
const names = ['Content-Length ', ' Content-Length', 'Content-Length\t', 'Content-Length\x00', 'Content\x00Length', '\x0bContent-Length', 'Content-Length\r',
    'X: y\rContent-Length'].map(name => ({ head: `${name}: 2`, body: '{}' }));
const codings = ['\x0bchunked', 'chunked\x0b', 'x, chunked', 'chunked, x', 'chunked, chunked', 'identity', 'xchunked', 'chunked;', '"chunked"', 'chunked\x00', 'gzip', ',chunked',
    'chunked\r\nTransfer-Encoding: identity', 'chunked\r\nContent-Length: 5', 'identity\r\nContent-Length: 5'].map(value => ({ head: `Transfer-Encoding: ${value}`, body: '0\r\n\r\n' }));
const namesOfCoding = ['Transfer-Encoding ', 'Transfer-Encoding\t', 'X: y\r\n Transfer-Encoding', 'Transfer\x00-Encoding', 'Transfer_Encoding\x00']
    .map(name => ({ head: `${name}: chunked`, body: '0\r\n\r\n' }));
/** Chunks that one reader takes for the last one or for malformed, and another for something else. */
const chunks = ['+0\r\n\r\n', '-1\r\n\r\n', '0x0\r\n\r\n', 'g\r\n\r\n', '\r\n0\r\n\r\n', ' 0\r\n\r\n', '2 2\r\n{}\r\n0\r\n\r\n', '2\r\n{}0\r\n\r\n', '2\r\n{}xx0\r\n\r\n', '1ffffffffffffffff\r\n{}',
    '10000000000000002\r\n{}\r\n0\r\n\r\n'].map(body => ({ head: 'Transfer-Encoding: chunked', body }));
const others = [
    { raw: 'GET /v1/profile HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n' },
    { raw: 'GET /v1/profile HTTP/1.1\r\n\r\n' },
    { raw: 'GET /v1/profile HTTP/1.1 \r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}' },
    { raw: 'GET /v1/profile HTTP/9.9\r\nHost: localhost\r\n\r\n' },
    { raw: 'GET  /v1/profile  HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 2\r\n\r\n{}' },
];
/** NULs, and lines that go on in the next one, anywhere. */
const split = ['Content-Length: 2\x003', 'X: y\x00\r\nContent-Length: 2', '\x00X: y\r\nContent-Length: 2', 'Content-Length: 2\r\nX: y\x00', 'Content-: 2\r\n Length',
    'Content-Length: 2\r\n ', 'X: y\r\n z\r\nContent-Length: 2', 'Content-Length: 2\r\n\x00X: y'].map(head => ({ head, body: '{}' }));
const shapes = [...lengths, ...names, ...codings, ...namesOfCoding, ...chunks, ...split, ...others];

async function send(mock, shape) {
    const socket = listen(await open(mock.origin));
    socket.write(Buffer.from((shape.raw ?? `${START}${shape.head}\r\n\r\n${shape.body}`) + HIDDEN, 'latin1'));
    await Promise.race([socket.ended, sleep(600)]);
    socket.destroy();
    return socket.got;
}

async function check(mock, shape) {
    await mock.must(200, 'DELETE', '/_mock/requests');
    const got = await send(mock, shape);
    const { total } = await mock.must(200, 'GET', '/_mock/requests?path=/v1/hidden');
    const statuses = finalStatuses(got), shown = JSON.stringify(shape.raw ?? `${shape.head} / ${shape.body}`);
    const wrong = [];
    if (total)
        wrong.push('the hidden request was done');
    if (statuses.length > 1)
        wrong.push(`answers ${statuses}`);
    if (statuses.some(status => status < 300))
        wrong.push(`was taken: ${statuses}`);
    return wrong.length ? [`${shown}: ${wrong.join(', ')}`] : [];
}

export default async function smuggling({ program }) {
    const mock = await startMock(program, { flags: ['--log', 'off'] });
    const wrong = [];
    try {
        for (const shape of shapes)
            wrong.push(...await check(mock, shape));
        console.log(`${shapes.length} shapes`);
        assert.deepEqual(wrong, []);
        await mock.stop();
    } finally {
        await mock.kill();
    }
}
