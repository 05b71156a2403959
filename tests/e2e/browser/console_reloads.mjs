// A page that is loaded again and again, and programs that come and go, leave no stream of events behind that counts: the last
// page is live. Streams that somebody still reads are counted, and one too many is refused.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { once } from 'node:events';
import { isLive } from '../lib/console.mjs';

export const options = { javaScriptEnabled: true };
export const tolerated = [/ERR_/]; // what a page that is left has asked for

const TIMES = 60, STREAMS = 32;

/** A stream by a socket of our own: { socket, status }. */
async function watch(mock) {
    const socket = connect(Number(new URL(mock.origin).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /_mock/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const [head] = await once(socket, 'data');
    return { socket, status: Number(String(head).split(' ')[1]) };
}

async function comesAndGoes(mock, leave) {
    for (let i = 0; i < TIMES; i++) {
        const { socket, status } = await watch(mock);
        assert.equal(status, 200, `the ${i + 1}th stream`);
        leave(socket);
        await once(socket, 'close');
    }
}

export default async ({ mock, page }) => {
    for (let i = 0; i < TIMES; i++) {
        await page.goto(`${mock.origin}/_mock/?tab=clock`);
        await isLive(page);
    }
    await comesAndGoes(mock, socket => socket.destroy());
    await comesAndGoes(mock, socket => socket.resetAndDestroy());
    await page.reload();
    await isLive(page);
    await mock.must(200, 'PUT', '/_mock/clock', { action: 'freeze' });
    await page.getByTestId('clock-mode').filter({ hasText: 'frozen' }).waitFor();

    await page.goto('about:blank');
    const kept = [];
    for (let i = 0; i < STREAMS; i++)
        kept.push(await watch(mock));
    assert.ok(kept.every(({ status }) => status === 200));
    const { socket, status } = await watch(mock);
    assert.equal(status, 503);
    [...kept.map(one => one.socket), socket].forEach(one => one.destroy());
};
