// Clients that drip their heads and bodies, or do not read what they asked for, cost the others nothing, and no memory to speak of.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../../e2e/lib/mock.mjs';
import { request } from '../lib/http.mjs';
import { finalStatuses, listen, open } from '../lib/raw.mjs';

const EACH = 50, SECONDS = 4, DRIP_MS = 100, MIB = 1024 * 1024;
const HEAD = 'Host: localhost\r\nAuthorization: Bearer dv_test_owner\r\n';
const BODY = '{"name":"Dripped","provider":"user","auth_method":"url"}';

async function drip(origin, beginning, pieces, goesOn) {
    const socket = listen(await open(origin));
    socket.write(beginning);
    for (let i = 0; goesOn() && !socket.destroyed && i < pieces.length; i++) {
        await sleep(DRIP_MS);
        socket.write(pieces[i]);
    }
    return socket;
}

/** Asks for much and reads nothing of it. */
async function deaf(origin) {
    const socket = await open(origin);
    socket.pause();
    socket.write(`GET /openapi.json HTTP/1.1\r\n${HEAD}\r\n`.repeat(40));
    return socket;
}

const memory = mock => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${mock.child.pid}/status`, 'utf8'))[1]) * 1024;

/** How long the others wait: the median and the worst, in milliseconds. */
async function others(mock, goesOn) {
    const times = [];
    while (goesOn()) {
        const began = performance.now();
        const { status } = await request(mock.origin, 'GET', '/v1/connections', { headers: { authorization: 'Bearer dv_test_owner' } });
        assert.equal(status, 200);
        times.push(performance.now() - began);
        await sleep(5);
    }
    times.sort((a, b) => a - b);
    return { median: times[times.length >> 1], worst: times.at(-1), count: times.length };
}

export default async function slowClients({ program, slow }) {
    const mock = await startMock(program, { flags: ['--log', 'off'] });
    const end = performance.now() + SECONDS * 1000, goesOn = () => performance.now() < end;
    try {
        const before = memory(mock);
        const endless = Array.from({ length: 1000 }, () => 'X: y\r\n');
        const length = `Content-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n`;
        const third = Math.ceil(BODY.length / 3), body = [0, 1, 2].map(i => BODY.slice(i * third, (i + 1) * third));
        const many = one => Promise.all(Array.from({ length: EACH }, one));
        const working = Promise.all([
            many(() => drip(mock.origin, `GET /v1/profile HTTP/1.1\r\n${HEAD}`, endless, goesOn)),
            many(() => drip(mock.origin, `POST /v1/connections HTTP/1.1\r\n${HEAD}${length}`, body, goesOn)),
            many(() => deaf(mock.origin)),
        ]);
        const waited = await others(mock, goesOn);
        const [heads, bodies, silent] = await working;
        await sleep(500);
        for (const socket of bodies)
            assert.deepEqual(finalStatuses(socket.got), [201], `a body that drips is taken: ${socket.got.slice(0, 200)}`);
        for (const socket of heads)
            assert.deepEqual(finalStatuses(socket.got).filter(status => status !== 408), [], 'a head that drips is no request');
        const more = memory(mock) - before;
        const began = performance.now();
        await mock.stop();
        const stopped = performance.now() - began;
        [...heads, ...bodies, ...silent].forEach(socket => socket.destroy());
        console.log(`beside ${3 * EACH} slow clients: ${waited.count} calls, median ${waited.median.toFixed(1)} ms, worst ${waited.worst.toFixed(0)} ms; ` +
            `${(more / MIB).toFixed(1)} MiB; stopped in ${stopped.toFixed(0)} ms`);
        assert.ok(waited.median < (slow ? 500 : 100), `others wait: ${waited.median} ms`);
        assert.ok(more < (slow ? 400 : 64) * MIB, `${more} bytes for ${3 * EACH} clients`);
        assert.ok(stopped < (slow ? 5000 : 1500), `the stop took ${stopped} ms`);
    } finally {
        await mock.kill();
    }
}
