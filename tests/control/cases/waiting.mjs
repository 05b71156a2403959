// A verification waits for what is to come and no longer; many at once, through a DELETE of the requests, and not past a stop.

import assert from 'node:assert/strict';
import { startMock } from '../../e2e/lib/mock.mjs';

const LONG = 60000;

const verify = (mock, body, prefix = '') => mock.call('POST', `${prefix}/_mock/verify`, { match: { operation: 'getProfile' }, ...body });
const come = (mock, prefix = '') => mock.must(200, 'GET', `${prefix}/v1/profile`);

/** Until the server has seen what was asked before: a call behind another of the same kind. */
const seen = mock => mock.must(200, 'GET', '/_mock/requests');

async function timed(promise) {
    const began = performance.now();
    return { ...await promise, took: performance.now() - began };
}

async function minimum(mock) {
    const waiting = verify(mock, { count: 2, within_ms: LONG });
    await come(mock);
    await come(mock, '/_mock/s/elsewhere');
    assert.equal(await Promise.race([waiting.then(() => 'answered'), seen(mock).then(() => 'waits')]), 'waits');
    await come(mock);
    assert.equal((await waiting).status, 200, 'answered as soon as it is met');
}

async function maximum(mock) {
    await mock.must(200, 'DELETE', '/_mock/requests');
    const none = verify(mock, { count: 0, within_ms: LONG });
    await seen(mock);
    await come(mock);
    assert.equal((await none).status, 422, 'fails as soon as it is exceeded');
    await mock.must(200, 'DELETE', '/_mock/requests');
    for (const count of [0, { max: 3 }, { min: 0, max: 1 }, { min: 0 }]) {
        const { status, took } = await timed(verify(mock, { count, within_ms: 120 }));
        assert.equal(status, 200);
        assert.ok(took >= 119, `${took} ms are all of the time`);
    }
    const { status, took } = await timed(verify(mock, { within_ms: 120 }));
    assert.equal(status, 422);
    assert.ok(took >= 119, `${took} ms are all of the time`);
}

async function quiet(mock) {
    await mock.must(200, 'DELETE', '/_mock/requests');
    const second = verify(mock, { count: 1, within_ms: LONG, quiet_ms: LONG });
    await come(mock);
    await seen(mock);
    await come(mock);
    assert.equal((await second).status, 422, 'a second one within the quiet');
    await mock.must(200, 'DELETE', '/_mock/requests');
    await come(mock);
    const only = await timed(verify(mock, { times: 1, quiet_ms: 150 }));
    assert.equal(only.status, 200);
    assert.ok(only.took >= 149, `${only.took} ms are all of the quiet`);
    const few = await timed(verify(mock, { count: { min: 2, max: 3 }, within_ms: 20, quiet_ms: LONG }));
    assert.equal(few.status, 422, 'no quiet begins before the minimum is met');
}

/** What was counted before it was taken out does not count. */
async function takenOut(mock) {
    await mock.must(200, 'POST', '/_mock/reset', {});
    const waiting = verify(mock, { count: 2, within_ms: LONG });
    await come(mock);
    await mock.must(200, 'DELETE', '/_mock/requests');
    await come(mock);
    await mock.must(200, 'POST', '/_mock/reset', { only: ['requests'] });
    await come(mock);
    assert.equal(await Promise.race([waiting.then(() => 'answered'), seen(mock).then(() => 'waits')]), 'waits');
    await come(mock);
    assert.deepEqual((await waiting).body, { matched: 2 });
}

async function many(mock) {
    await mock.must(200, 'DELETE', '/_mock/requests');
    const waiting = Array.from({ length: 32 }, (_, i) => verify(mock, { count: { min: 1 + i % 4 }, within_ms: LONG }));
    for (let i = 0; i < 4; i++)
        await come(mock);
    for (const { status } of await Promise.all(waiting))
        assert.equal(status, 200);
}

async function stopped(program) {
    const mock = await startMock(program);
    const waiting = Array.from({ length: 8 }, () => verify(mock, { count: 1, within_ms: LONG }).then(({ status }) => status, () => 'closed'));
    await seen(mock);
    const began = performance.now();
    await mock.stop();
    assert.ok(performance.now() - began < 5000, 'a stop does not wait for them');
    for (const end of await Promise.all(waiting))
        assert.ok(end === 503 || end === 'closed', `${end}`);
}

export default async function waiting({ program }) {
    const mock = await startMock(program);
    try {
        for (const part of [minimum, maximum, quiet, takenOut, many])
            await part(mock);
        await mock.stop();
    } finally {
        await mock.kill();
    }
    await stopped(program);
}
