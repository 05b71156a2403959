// Faults of chance are a function of the seed; delays last as long as ordered; a hang ends with the server.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../../e2e/lib/mock.mjs';

const MATCH = { operation: 'getProfile' };

function order(mock, body) {
    return mock.must(201, 'POST', '/_mock/faults', { match: MATCH, ...body });
}

/** The statuses of so many calls. */
async function statuses(mock, n) {
    const all = [];
    for (let i = 0; i < n; i++)
        all.push((await mock.call('GET', '/v1/profile')).status);
    return all;
}

async function draws(mock, seed, probability) {
    await mock.must(200, 'POST', '/_mock/reset', {});
    if (seed !== undefined)
        await mock.must(200, 'PATCH', '/_mock/settings', { seed });
    await order(mock, { action: { status: 503 }, probability });
    return statuses(mock, 100);
}

async function chance(mock) {
    const some = await draws(mock, 42, 0.3);
    assert.deepEqual(await draws(mock, 42, 0.3), some, 'the same seed');
    assert.notDeepEqual(await draws(mock, 43, 0.3), some, 'another seed');
    const failed = some.filter(status => status === 503).length;
    assert.ok(failed > 10 && failed < 55, `${failed} of 100 with a chance of 0.3`);
    assert.ok((await draws(mock, 42, 0)).every(status => status === 200), 'never');
    assert.ok((await draws(mock, 42, 1)).every(status => status === 503), 'always');
    assert.notDeepEqual(await draws(mock, undefined, 0.5), await draws(mock, undefined, 0.5), 'without a seed');
    const { faults: [{ hits }] } = await mock.must(200, 'GET', '/_mock/faults');
    assert.ok(hits > 0 && hits < 100, 'those that are spared are no hits');
}

/** `times` counts those that were met, `after` those that matched. */
async function counters(mock) {
    await mock.must(200, 'POST', '/_mock/reset', {});
    await mock.must(200, 'PATCH', '/_mock/settings', { seed: 7 });
    await order(mock, { action: { status: 503 }, probability: 0.5, after: 3, times: 5 });
    const all = await statuses(mock, 60);
    assert.deepEqual(all.slice(0, 3), [200, 200, 200]);
    assert.equal(all.filter(status => status === 503).length, 5);
}

async function took(mock) {
    const began = performance.now();
    assert.equal((await mock.call('GET', '/v1/profile')).status, 200);
    return performance.now() - began;
}

async function delays(mock) {
    await mock.must(200, 'POST', '/_mock/reset', {});
    await order(mock, { action: { delay_ms: 150 }, times: 1 });
    const once = await took(mock);
    assert.ok(once >= 149 && once < 1000, `${once} ms instead of 150`);
    await order(mock, { action: { delay_ms: { min: 30, max: 60 } }, times: 8 });
    for (let i = 0; i < 8; i++) {
        const one = await took(mock);
        assert.ok(one >= 29 && one < 1000, `${one} ms instead of 30 to 60`);
    }
    await mock.must(200, 'PUT', '/_mock/clock', { action: 'freeze' });
    await order(mock, { action: { delay_ms: 40 }, times: 1 });
    assert.ok(await took(mock) >= 39, 'a delay is by the real clock');
}

/** A delayed request keeps nobody else waiting. */
async function beside(mock) {
    await mock.must(200, 'POST', '/_mock/reset', {});
    await order(mock, { action: { delay_ms: 1000, status: 503 }, times: 20 });
    const began = performance.now();
    const slow = statuses(mock, 1), many = Promise.all(Array.from({ length: 19 }, () => statuses(mock, 1)));
    await sleep(50);
    await mock.must(200, 'GET', '/v1/connections');
    const free = performance.now() - began;
    assert.deepEqual([...await many, await slow].flat(), Array(20).fill(503));
    const all = performance.now() - began;
    assert.ok(free < 700, `another request took ${free} ms`);
    assert.ok(all >= 999 && all < 4000, `twenty at once took ${all} ms`);
}

async function hangs(program) {
    const mock = await startMock(program);
    await order(mock, { action: { hang: true } });
    const hanging = Array.from({ length: 10 }, () => mock.call('GET', '/v1/profile').then(() => 'answered', () => 'closed'));
    await sleep(200);
    assert.equal((await mock.must(200, 'GET', '/_mock/faults')).faults[0].hits, 10);
    const began = performance.now();
    await mock.stop();
    assert.ok(performance.now() - began < 1000, 'at once');
    assert.deepEqual(await Promise.all(hanging), Array(10).fill('closed'));
}

export default async function faults({ program }) {
    const mock = await startMock(program);
    try {
        for (const part of [chance, counters, delays, beside])
            await part(mock);
        await mock.stop();
    } finally {
        await mock.kill();
    }
    await hangs(program);
}
