// GET /_mock/events tells of every change in its space and of no other's, goes on behind the last event that was read,
// tells a reader who is too far behind to look anew, has 32 readers at most, shows no secret, and holds up no stop.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../../e2e/lib/mock.mjs';
import { Receiver } from '../lib/receiver.mjs';

const READERS = 32, ROWS = 1000;
const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002', AGENT = '6f1d2c3b-5555-4aaa-8bbb-000000000001';

/** A stream that is read, with every event so far: { id, event, kind, change, row }. */
class Watch {
    static async open(mock, query = '', space = '') {
        const watch = new Watch();
        watch.reply = await fetch(`${mock.origin}${space}/_mock/events${query}`, { signal: watch.end.signal });
        assert.equal(watch.reply.status, 200);
        assert.equal(watch.reply.headers.get('content-type'), 'text/event-stream');
        watch.read().catch(() => {});
        await watch.until(() => watch.begun);
        return watch;
    }

    end = new AbortController();
    events = [];
    begun = false;

    async read() {
        const reader = this.reply.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let rest = ''; ;) {
            const { value, done } = await reader.read();
            if (done) {
                this.over = true;
                return;
            }
            const parts = (rest + value).split('\n\n');
            rest = parts.pop();
            parts.filter(part => !part.startsWith(':')).forEach(part => this.take(part));
        }
    }

    take(part) {
        const fields = Object.fromEntries(part.split('\n').map(line => line.split(/: (.*)/s, 2)));
        this.begun = true;
        this.last = fields.id;
        if (fields.data)
            this.events.push({ event: fields.event, ...JSON.parse(fields.data) });
    }

    async until(holds) {
        for (let i = 0; !holds() && i < 500; i++)
            await sleep(10);
        assert.ok(holds(), JSON.stringify(this.events.map(({ kind, change }) => `${kind} ${change}`)));
    }

    /** The event of that kind and change that comes next. */
    async next(kind, change) {
        const has = one => one.kind === kind && one.change === change;
        await this.until(() => this.events.some(has));
        return this.events.splice(this.events.findIndex(has), 1)[0];
    }

    close() {
        this.end.abort();
    }
}

const NEW = { name: 'Watched', provider: 'user', auth_method: 'headers', server_url: 'https://a.example/?api_key=canary1',
    headers: { secret: { 'X-Key': 'canary2' } } };

/** What is in memory is told of as stored rows are: without what was sent. */
async function tellsOfInbox(mock, watch) {
    const send = () => mock.must(200, 'POST', '/_mock/inbox/mine', { hello: 'canary3' });
    await send();
    const made = await watch.next('inbox', 'new');
    assert.deepEqual([made.id, made.row.name, made.row.messages, made.row.dropped], ['mine', 'mine', 1, 0]);
    await send();
    const changed = await watch.next('inbox', 'changed');
    assert.deepEqual([changed.id, changed.row.messages], ['mine', 2]);
    await mock.must(200, 'DELETE', '/_mock/inbox/mine');
    assert.deepEqual(await watch.next('inbox', 'deleted'), { event: undefined, kind: 'inbox', id: 'mine', change: 'deleted', row: null });
    assert.doesNotMatch(JSON.stringify([made, changed]), /canary/);
}

async function tells(mock) {
    const watch = await Watch.open(mock), elsewhere = await Watch.open(mock, '', '/_mock/s/other');
    const { id } = await mock.must(201, 'POST', '/v1/connections', NEW);
    const request = await watch.next('request', 'new');
    assert.deepEqual([request.row.method, request.row.operation, request.row.status], ['POST', 'createConnection', 201]);
    assert.equal(request.id, request.row.id);
    assert.deepEqual([(await watch.next('connection', 'new')).id], [id]);
    await mock.must(200, 'POST', `/_mock/connections/${id}/transition`, { to: 'broken' });
    assert.ok((await watch.next('connection', 'changed')).row.broken_at);
    await mock.must(200, 'DELETE', `/v1/connections/${id}`);
    assert.deepEqual(await watch.next('connection', 'deleted'), { event: undefined, kind: 'connection', id, change: 'deleted', row: null });
    for (const [kind, method, path, body] of [['clock', 'PUT', 'clock', { action: 'freeze' }],
        ['settings', 'PATCH', 'settings', { strict: true }], ['snapshots', 'PUT', 'snapshots/one'],
        ['faults', 'POST', 'faults', { match: {}, action: { status: 500 }, times: 1 }], ['spaces', 'POST', 'spaces', { name: 'new' }]]) {
        const { status } = await mock.call(method, `/_mock/${path}`, body);
        assert.ok(status < 300, `${path}: ${status}`);
        assert.equal((await watch.next(kind, 'changed')).id, '*');
    }
    await tellsOfInbox(mock, watch);
    await mock.must(200, 'DELETE', '/_mock/requests');
    await watch.next('request', 'deleted');
    assert.deepEqual([...new Set(elsewhere.events.map(one => one.kind))], ['spaces']);
    assert.doesNotMatch(JSON.stringify([watch.events, request]), /canary|dv_test/);
    watch.close();
    elsewhere.close();
}

/** Of what happens by itself, too: nobody asks for anything meanwhile. */
async function tellsOfItself(mock) {
    const receiver = await new Receiver().open();
    await mock.must(200, 'POST', '/_mock/reset', {});
    await mock.must(200, 'PATCH', '/_mock/settings', { run_pending_ms: 20, run_running_ms: 20 });
    await mock.must(201, 'POST', '/_mock/webhooks', { url: receiver.url, events: ['run.completed'] });
    const watch = await Watch.open(mock);
    await mock.must(201, 'POST', `/v2/teams/${TEAM}/runs`, { agent_id: AGENT });
    const ends = (kind, member, last) => watch.until(() => watch.events.some(one => one.kind === kind && one.row?.[member] === last));
    await ends('run', 'status', 'completed');
    await ends('delivery', 'state', 'delivered');
    watch.close();
    await receiver.close();
}

async function goesOn(mock) {
    const first = await Watch.open(mock);
    await mock.must(200, 'POST', '/_mock/reset', {});
    await mock.must(200, 'GET', '/v1/profile');
    await first.next('request', 'new');
    first.close();
    await mock.must(200, 'GET', '/v1/connections');
    const second = await Watch.open(mock, `?since=${first.last}`);
    assert.equal((await second.next('request', 'new')).row.operation, 'listConnections');
    assert.deepEqual(second.events.filter(one => one.event), []);
    const third = await Watch.open(mock, '?since=17');
    assert.equal(third.events[0].event, 'resync');
    second.close();
    third.close();
}

/** Who reads nothing holds up nobody, and is told in the end. */
async function fallsBehind(mock) {
    const watch = await Watch.open(mock);
    watch.close();
    for (let i = 0; i <= ROWS; i += 100)
        await Promise.all(Array.from({ length: 100 }, () => mock.must(200, 'GET', '/v1/profile')));
    const again = await Watch.open(mock, `?since=${watch.last}`);
    assert.equal(again.events[0].event, 'resync');
    await mock.must(200, 'GET', '/v1/connections');
    assert.equal((await again.next('request', 'new')).row.operation, 'listConnections');
    again.close();
}

async function isBounded(mock) {
    const all = [];
    for (let i = 0; i < READERS; i++)
        all.push(await Watch.open(mock));
    const more = await fetch(`${mock.origin}/_mock/events`);
    assert.equal(more.status, 503);
    assert.match((await more.json()).message, /32 streams of events are open/);
    all.pop().close();
    for (let i = 0, status = 503; status === 503; i++) {
        assert.ok(i < 100, 'there is room again');
        await sleep(20);
        await mock.call('GET', '/v1/profile');
        const one = await Watch.open(mock).catch(() => null);
        status = one ? 200 : 503;
        if (one)
            all.push(one);
    }
    return all;
}

/** Its stream ends with a space. */
async function endsWithSpace(mock) {
    await mock.call('POST', '/_mock/spaces', { name: 'short' });
    const watch = await Watch.open(mock, '', '/_mock/s/short');
    await mock.must(200, 'DELETE', '/_mock/spaces/short');
    await watch.until(() => watch.over);
}

export default async ({ program }) => {
    const mock = await startMock(program);
    await tells(mock);
    await tellsOfItself(mock);
    await goesOn(mock);
    await fallsBehind(mock);
    await endsWithSpace(mock);
    const open = await isBounded(mock);
    const began = performance.now();
    await mock.stop();
    assert.ok(performance.now() - began < 1500);
    assert.ok(open.length >= READERS - 1);
};
