// Events leave after their commit: signed, in order, again when they failed, once more after a kill, and never past a stop.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../../e2e/lib/mock.mjs';
import { Receiver, signatureOf, withMock } from '../lib/receiver.mjs';

const WAIT_MS = 20000;
const NEW = { provider: 'user', auth_method: 'url', server_url: 'https://tools.example/mcp' };

const subscribe = (mock, receiver, more) => mock.must(201, 'POST', '/_mock/webhooks', { url: receiver.url, ...more });
const create = (mock, name) => mock.must(201, 'POST', '/v1/connections', { ...NEW, name });
const rename = (mock, id, name) => mock.must(200, 'PATCH', `/v1/connections/${id}`, { name });
const deliveries = async (mock, query = '') => (await mock.must(200, 'GET', `/_mock/webhooks/deliveries?limit=100${query}`)).deliveries;

/** Waits until the newest delivery is in the state. */
async function reaches(mock, state) {
    for (const end = Date.now() + WAIT_MS; ; await sleep(5)) {
        const [newest] = await deliveries(mock);
        if (newest?.state === state)
            return newest;
        assert.ok(Date.now() < end, `the newest delivery is ${JSON.stringify(newest)}, not ${state}`);
    }
}

async function signed(mock, receiver) {
    const { id, secret } = await subscribe(mock, receiver, { events: ['connection.updated'] });
    const made = await create(mock, 'Signed');
    const [first] = await receiver.has(1);
    assert.deepEqual([first.body.type, first.body.data.id, first.body.data.name], ['connection.updated', made.id, 'Signed']);
    assert.equal(first.headers['webhook-id'], first.body.id);
    assert.ok(Math.abs(Number(first.headers['webhook-timestamp']) - Date.now() / 1000) < 60);
    assert.equal(first.headers['webhook-signature'], signatureOf(secret, first));
    await mock.must(200, 'PATCH', `/_mock/webhooks/${id}`, { secret: 'other bytes', scheme: 'body' });
    await mock.must(200, 'PATCH', '/_mock/settings', { webhook_headers: { signature: 'X-Mine' }, webhook_payload: 'data' });
    await mock.must(200, 'DELETE', `/v1/connections/${made.id}`);
    const [, second] = await receiver.has(2);
    assert.deepEqual([second.body.id, second.body.deleted], [made.id, true]);
    assert.equal(second.headers['x-mine'], createHmac('sha256', 'other bytes').update(second.text).digest('hex'));
    await reaches(mock, 'delivered');
    const again = await mock.must(200, 'POST', `/_mock/webhooks/deliveries/${(await deliveries(mock))[0].id}/resend`);
    const [, , third] = await receiver.has(3);
    assert.equal(third.headers['webhook-id'], again.event_id);
    assert.deepEqual([again.state, again.finished_at], ['retrying', null]);
    assert.ok(!JSON.stringify(await mock.must(200, 'GET', '/_mock/webhooks')).includes('secret'));
    const exported = JSON.stringify(await mock.must(200, 'GET', '/_mock/fixtures'));
    assert.ok(exported.includes(id) && !exported.includes(secret) && !exported.includes('other bytes') && !mock.log.includes(secret));
}

/** One that is sent again while an attempt is under way goes once more when that has ended. */
async function sentAgain(program) {
    const held = [];
    await withMock(program, [], async (mock, receiver) => {
        await subscribe(mock, receiver);
        await create(mock, 'Twice');
        const [first] = await receiver.has(1);
        const [{ id, state }] = await deliveries(mock);
        assert.equal(state, 'pending');
        await mock.must(200, 'POST', `/_mock/webhooks/deliveries/${id}/resend`);
        held[0].end();
        const [, second] = await receiver.has(2);
        assert.equal(second.headers['webhook-id'], first.headers['webhook-id']);
        held[1].end();
        assert.equal((await reaches(mock, 'delivered')).attempts.length, 2);
    }, (message, response) => held.push(response));
}

/** Each first attempt after the previous one of its object, whatever the receiver's haste. */
async function ordered(program) {
    let open = 0;
    await withMock(program, [], async (mock, receiver) => {
        await subscribe(mock, receiver);
        const { id } = await create(mock, 'n0');
        for (let i = 1; i < 12; i++)
            await rename(mock, id, `n${i}`);
        const messages = await receiver.has(12);
        assert.deepEqual(messages.map(one => one.body.data.name), Array.from({ length: 12 }, (_, i) => `n${i}`));
    }, (message, response, n) => {
        assert.equal(open++, 0, 'two at once of one object');
        setTimeout(() => { open--; response.writeHead(n % 2 ? 500 : 200).end(); }, n % 3 * 15);
    });
}

/** Retries are due by the space's clock; what a client has to mend is not tried again. */
async function retried(program) {
    let status = 500;
    await withMock(program, [], async (mock, receiver) => {
        await mock.must(200, 'PATCH', '/_mock/settings', { webhook_retry_seconds: [60, 3600] });
        await subscribe(mock, receiver);
        await mock.must(200, 'PUT', '/_mock/clock', { action: 'freeze' });
        await create(mock, 'Retried');
        const waiting = await reaches(mock, 'retrying');
        assert.equal(Date.parse(waiting.next_attempt_at) - Date.parse(waiting.created_at), 60000);
        await sleep(50);
        assert.equal(receiver.messages.length, 1, 'under a frozen clock a retry waits');
        await mock.must(200, 'PUT', '/_mock/clock', { action: 'advance', by_seconds: 61 });
        await receiver.has(2);
        status = 200;
        await sleep(20);
        await mock.must(200, 'PUT', '/_mock/clock', { action: 'advance', by_seconds: 3601 });
        await receiver.has(3);
        const done = await reaches(mock, 'delivered');
        assert.deepEqual(done.attempts.map(one => one.status), [500, 500, 200]);
        assert.equal(new Set(receiver.messages.map(one => one.headers['webhook-id'])).size, 1);
        for (const [answer, state] of [[404, 'failed'], [302, 'failed'], [429, 'retrying'], [408, 'retrying'], [204, 'delivered']]) {
            status = answer;
            await create(mock, `Answer ${answer}`);
            assert.deepEqual((await reaches(mock, state)).attempts.map(one => one.status), [answer]);
        }
        assert.ok(receiver.messages.every(one => one.path === '/hook'), 'a redirect was followed');
    }, (message, response) => response.writeHead(status, { location: '/elsewhere' }).end());
}

async function paused(mock, receiver) {
    const { id } = await subscribe(mock, receiver, { paused: true });
    await create(mock, 'Paused');
    await sleep(50);
    assert.deepEqual([receiver.messages.length, (await deliveries(mock))[0].state], [0, 'pending']);
    await mock.must(200, 'PATCH', `/_mock/webhooks/${id}`, { paused: false });
    await receiver.has(1);
    await mock.must(200, 'PATCH', `/_mock/webhooks/${id}`, { paused: true });
    await create(mock, 'Reset');
    await mock.must(200, 'POST', '/_mock/reset');
    assert.deepEqual([await deliveries(mock), (await mock.must(200, 'GET', '/_mock/webhooks')).total], [[], 0]);
}

/** Who does not answer, or is not there, is asked again; of what is answered the beginning is kept. */
async function answers(program) {
    await withMock(program, [], async (mock, receiver) => {
        await mock.must(200, 'PATCH', '/_mock/settings', { webhook_timeout_ms: 200 });
        const { id } = await subscribe(mock, receiver);
        await create(mock, 'Silent');
        const [late] = (await reaches(mock, 'retrying')).attempts;
        assert.equal(late.status, null);
        assert.match(late.error, /time/i);
        assert.ok(late.duration_ms >= 199 && late.duration_ms < 8000, `${late.duration_ms} ms are all of the time`);
        await mock.must(200, 'PATCH', '/_mock/settings', { webhook_timeout_ms: 10000 });
        await create(mock, 'Long');
        assert.equal((await reaches(mock, 'delivered')).attempts[0].body, 'x'.repeat(1000));
        await create(mock, 'Other bytes');
        assert.ok(!('body' in (await reaches(mock, 'delivered')).attempts[0]), 'a body that is no text is none');
        await create(mock, 'Large');
        assert.match((await reaches(mock, 'retrying')).attempts[0].error, /headers/);
        for (const url of ['http://127.0.0.1:1/', receiver.url.replace('http:', 'https:')]) {
            await mock.must(200, 'PATCH', `/_mock/webhooks/${id}`, { url });
            await create(mock, url);
            const { attempts, payload } = await reaches(mock, 'retrying');
            assert.deepEqual([attempts[0].status, payload.data.name], [null, url]);
        }
    }, ({ body: { data: { name } } }, response) => name !== 'Silent' &&
        response.writeHead(200, name === 'Large' ? { 'x-large': 'x'.repeat(70000) } : {})
            .end(name === 'Other bytes' ? Buffer.from([0xe9, ...Buffer.from('xxxx')]) : 'x'.repeat(1001)));
}

/** A call that a stop cut short is none: the next process makes it at once. */
async function resumed(program) {
    const dir = mkdtempSync(join(tmpdir(), 'webhooks-'));
    const flags = ['--db', join(dir, 'state.db')];
    const receiver = await new Receiver((message, response, n) => n && response.end()).open();
    let mock = await startMock(program, { flags });
    try {
        await subscribe(mock, receiver);
        await create(mock, 'Cut short');
        await receiver.has(1);
        await mock.stop();
        mock = await startMock(program, { flags });
        await receiver.has(2);
        assert.equal((await reaches(mock, 'delivered')).attempts.length, 1);
        await mock.stop();
    } finally {
        await mock.kill();
        await receiver.close();
        rmSync(dir, { recursive: true, force: true });
    }
}

/** Nor is anything tried again then; afterwards it is at once what is due. */
async function pausedRetries(program) {
    await withMock(program, [], async (mock, receiver) => {
        const { id } = await subscribe(mock, receiver);
        await mock.must(200, 'PUT', '/_mock/clock', { action: 'freeze' });
        await create(mock, 'Paused');
        await reaches(mock, 'retrying');
        await mock.must(200, 'PATCH', `/_mock/webhooks/${id}`, { paused: true });
        await mock.must(200, 'PUT', '/_mock/clock', { action: 'advance', by_seconds: 10 });
        await sleep(50);
        assert.equal(receiver.messages.length, 1, 'a retry of a paused subscription');
        await mock.must(200, 'PATCH', `/_mock/webhooks/${id}`, { paused: false });
        await receiver.has(2);
    }, (message, response, n) => response.writeHead(n ? 200 : 500).end());
}

async function guarded(mock, receiver) {
    await subscribe(mock, receiver);
    await create(mock, 'Off');
    const { attempts } = await reaches(mock, 'failed');
    assert.match(attempts[0].error, /--outbound off/);
    assert.equal(receiver.messages.length, 0);
}

/** A receiver that says nothing holds up neither others nor the end. */
async function stopped(program, slow) {
    const silent = await new Receiver(() => {}).open(), prompt = await new Receiver().open();
    const mock = await startMock(program);
    try {
        await subscribe(mock, silent);
        await subscribe(mock, prompt);
        for (let i = 0; i < 20; i++)
            await create(mock, `n${i}`);
        await prompt.has(20);
        await silent.has(4);
        assert.equal(silent.messages.length, 4, 'one subscription has four calls at once');
        const began = performance.now();
        await mock.stop();
        const ms = performance.now() - began;
        assert.ok(ms < (slow ? 2000 : 500), `the end took ${ms} ms`);
        return ms;
    } finally {
        await mock.kill();
        await silent.close();
        await prompt.close();
    }
}

/** Retries that a silent receiver holds up hold up nobody else's, however many they are and however long they are due. */
async function retriedBeside(program) {
    let silent = false;
    const slow = await new Receiver((message, response) => silent || response.writeHead(500).end()).open();
    const prompt = await new Receiver((message, response, n) => response.writeHead(n ? 200 : 500).end()).open();
    const mock = await startMock(program);
    try {
        await mock.must(200, 'PUT', '/_mock/clock', { action: 'freeze' });
        await subscribe(mock, slow, { events: ['connection.updated'] });
        await subscribe(mock, prompt, { events: ['connection.action_required'] });
        const { id } = await create(mock, 'n0');
        for (let i = 1; i < 80; i++)
            await create(mock, `n${i}`);
        for (const end = Date.now() + WAIT_MS; (await mock.must(200, 'GET', '/_mock/webhooks/deliveries?state=retrying')).total < 80; await sleep(5))
            assert.ok(Date.now() < end, 'not all first attempts were made');
        await mock.must(200, 'PUT', '/_mock/clock', { action: 'advance', by_seconds: 1 });
        await mock.must(200, 'POST', `/_mock/connections/${id}/transition`, { to: 'broken' });
        await reaches(mock, 'retrying');
        silent = true;
        await mock.must(200, 'PUT', '/_mock/clock', { action: 'advance', by_seconds: 10 });
        await slow.has(80 + 4);
        await prompt.has(2);
        await mock.stop();
        assert.equal(slow.messages.length, 80 + 4, 'one subscription has four calls at once');
    } finally {
        await mock.kill();
        await slow.close();
        await prompt.close();
    }
}

/** What was committed when the process was killed arrives after the next start; what was under way then at most twice. */
async function killed(program) {
    const dir = mkdtempSync(join(tmpdir(), 'webhooks-'));
    const flags = ['--db', join(dir, 'state.db')];
    const receiver = await new Receiver((message, response) => setTimeout(() => response.end(), 5)).open();
    try {
        const committed = [];
        for (let round = 0; round < 4; round++) {
            const mock = await startMock(program, { flags });
            const secret = round ? undefined : (await subscribe(mock, receiver)).secret;
            if (secret)
                assert.ok(!readFileSync(flags[1]).includes(secret) && !readFileSync(`${flags[1]}-wal`).includes(secret));
            const { id } = await create(mock, `r${round}`);
            committed.push(`r${round}`);
            for (let i = 0; i < 20; i++) {
                await rename(mock, id, `r${round} ${i}`);
                committed.push(`r${round} ${i}`);
            }
            await receiver.has(round * 21 + 5);
            await mock.kill();
        }
        const mock = await startMock(program, { flags });
        const names = () => receiver.messages.map(one => one.body.data.name);
        for (const end = Date.now() + WAIT_MS; new Set(names()).size < committed.length && Date.now() < end;)
            await sleep(10);
        await reaches(mock, 'delivered');
        await mock.stop();
        assert.deepEqual([...new Set(names())].sort(), [...committed].sort());
        assert.ok(names().length - committed.length <= 4 * 2, `${names().length} messages of ${committed.length} events`);
        return names().length - committed.length;
    } finally {
        await receiver.close();
        rmSync(dir, { recursive: true, force: true });
    }
}

export default async function webhooks({ program, slow }) {
    await withMock(program, [], signed);
    await sentAgain(program);
    await ordered(program);
    await retried(program);
    await retriedBeside(program);
    await withMock(program, [], paused);
    await pausedRetries(program);
    await answers(program);
    await resumed(program);
    await withMock(program, ['--outbound', 'off'], guarded);
    const ms = await stopped(program, slow), repeated = await killed(program);
    console.log(`webhooks: the end took ${ms.toFixed(0)} ms beside a silent receiver; ${repeated} repeated after 4 kills`);
}
