// No secret is told by anything but the reply that is meant to: not one that was sent anywhere, in whatever request.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMock } from '../../e2e/lib/mock.mjs';
import { Canaries } from '../lib/canary.mjs';
import { goodEnd, goodRequests } from '../canary/good.mjs';
import { hostileRequests } from '../canary/hostile.mjs';
import { operationsOf, Visitor } from '../canary/visitor.mjs';

const SHOWN = 40, SHOWN_ROWS = 3;

async function document(mock, path, admin) {
    const reply = await fetch(mock.origin + path, { headers: admin ? { authorization: `Bearer ${admin}` } : {} });
    return reply.json();
}

/** The journal in every form in which it is shown. */
async function searchJournal(visitor) {
    const list = (await visitor.searchReply('/_mock/requests?limit=1000')).json();
    await visitor.searchReply('/_mock/requests?limit=1000&format=har');
    for (const { id } of list.requests.slice(-400))
        for (const format of ['json', 'har', 'curl'])
            await visitor.searchReply(`/_mock/requests/${encodeURIComponent(id)}?format=${format}`);
    return list.total;
}

/** Addresses of the console that a page of it leads to, of that kind. */
const linksIn = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, link]) => link.replaceAll('&amp;', '&')))];

/** Every list of the console, and the newest rows of each as they are shown whole, with their forms. */
async function searchConsole(visitor, prefix) {
    let rows = 0;
    for (const tab of ['connections', 'agents', 'webhooks', 'sign-ins']) {
        const { text } = await visitor.searchReply(`${prefix}/_mock/?tab=${tab}`);
        for (const list of linksIn(text, /href="(\?tab=[\w-]+&amp;list=\w+)"/g)) {
            const page = await visitor.searchReply(`${prefix}/_mock/${list}`);
            const shown = linksIn(page.text, /class="item" href="([^"]+)"/g).slice(0, SHOWN_ROWS);
            for (const row of shown)
                await visitor.searchReply(`${prefix}/_mock/${row}`);
            rows += shown.length;
        }
    }
    return rows;
}

async function searchSinks(visitor) {
    const total = await searchJournal(visitor);
    for (const prefix of ['', '/_mock/s/canary'])
        for (const path of ['/_mock/fixtures', '/_mock/snapshots', '/_mock/snapshots/canary', '/_mock/spaces', '/_mock/spaces/canary',
            '/_mock/webhooks', '/_mock/webhooks/deliveries?limit=100', '/_mock/inbox/canary', '/_mock/events', '/_mock/?tab=webhooks',
            '/_mock/?tab=sign-ins', '/_mock/?tab=connections', '/_mock/?tab=agents', '/_mock/faults', '/_mock/oauth/next', '/_mock/settings', '/_mock/clock', '/_mock/', '/_mock/openapi.json'])
            await visitor.searchReply(prefix + path);
    assert.ok(await searchConsole(visitor, '') > 20, 'the console has rows');
    await searchConsole(visitor, '/_mock/s/canary');
    return total;
}

function searchFiles(visitor, dir) {
    for (const file of readdirSync(dir).filter(one => !one.endsWith('.key')))
        visitor.search(`file ${file}`, readFileSync(join(dir, file), 'latin1'));
}

/** Every operation got secrets that it refused or ignored; one that may take some got them in a request that succeeded,
 *  for which canary/good.mjs has to be told how. */
function checkCoverage(visitor) {
    const names = wanted => visitor.operations.filter(wanted).map(one => one.name);
    assert.deepEqual(names(one => !visitor.sent.has(one.name)), [], 'operations that were sent nothing');
    assert.deepEqual(names(one => one.speaks && !visitor.good.has(one.name)), [], 'operations that may take secrets, and took none');
}

function checkLeaks(visitor, how) {
    const known = new Map();
    for (const { sink, label, around } of visitor.leaks) {
        const key = `${sink.replace(/[0-9a-f-]{36}/g, 'ID')}: ${label}`;
        known.set(key, known.get(key) ?? around);
    }
    const lines = [...known].slice(0, SHOWN).map(([key, around]) => `${key}\n      …${around}`);
    assert.equal(known.size, 0, `${how}: ${known.size} leaks\n  ${lines.join('\n  ')}`);
}

async function round(program, { log, admin }) {
    const canaries = new Canaries();
    const dir = mkdtempSync(join(tmpdir(), 'canary-'));
    const token = admin && canaries.word('admin token');
    const mock = await startMock(program, { flags: ['--db', join(dir, 'mock.db'), '--log', log, '--journal-bytes', '200000000',
        ...admin ? ['--admin-token', token] : []] });
    try {
        const visitor = new Visitor(mock, canaries, operationsOf(await document(mock, '/openapi.json'),
            await document(mock, '/_mock/openapi.json', token)));
        visitor.admin = token;
        const fault = await goodRequests(visitor);
        await searchSinks(visitor);
        await hostileRequests(visitor);
        const total = await searchSinks(visitor);
        searchFiles(visitor, dir);
        await goodEnd(visitor, fault);
        searchFiles(visitor, dir);
        await mock.stop();
        searchFiles(visitor, dir);
        visitor.search('log', mock.log);
        assert.ok(mock.log.split('\n').length > total, 'the log was read');
        checkCoverage(visitor);
        checkLeaks(visitor, `--log ${log}`);
    } finally {
        await mock.kill();
        rmSync(dir, { recursive: true, force: true });
    }
}

export default async function canary({ program }) {
    await round(program, { log: 'text' });
    await round(program, { log: 'json', admin: true });
}
