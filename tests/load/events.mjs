// What events cost: how soon they leave after their commit, and what a server holds that cannot deliver them.
// Usage: node tests/load/events.mjs SERVER [EVENTS]
// The receiver answers at once. A time is from a commit (the reply of the request that made it has left by then) to the
// receipt. 10,000 events wait for a receiver that refuses connections, with a frozen clock. Fails when a median is over
// 5 ms, or the memory over 64 MiB.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Receiver } from '../control/lib/receiver.mjs';
import { startMock } from '../e2e/lib/mock.mjs';

const program = resolve(process.argv[2]);
const events = Number(process.argv[3] ?? 10000);
const ROUNDS = 200, WARM = 10, LATE_MS = 5, MEMORY_MIB = 64;
const NEW = { provider: 'user', auth_method: 'url', server_url: 'https://tools.example/mcp' };

const memoryOf = pid => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
const create = (mock, i) => mock.must(201, 'POST', '/v1/connections', { ...NEW, name: `n${i}` });

async function latency() {
    const receiver = await new Receiver().open();
    const mock = await startMock(program, { flags: ['--log', 'off'] });
    await mock.must(201, 'POST', '/_mock/webhooks', { url: receiver.url });
    const times = [];
    for (let i = 0; i < ROUNDS + WARM; i++) {
        await create(mock, i);
        const committed = performance.now();
        const messages = await receiver.has(i + 1);
        if (i >= WARM)
            times.push(messages[i].at - committed);
    }
    await mock.stop();
    await receiver.close();
    return times.sort((a, b) => a - b);
}

async function memory() {
    const receiver = await new Receiver().open();
    await receiver.close(); // its port refuses connections from now on
    const mock = await startMock(program, { flags: ['--log', 'off'] });
    await mock.must(200, 'PUT', '/_mock/clock', { action: 'freeze' });
    await mock.must(201, 'POST', '/_mock/webhooks', { url: receiver.url });
    const idle = memoryOf(mock.child.pid);
    let peak = idle;
    for (let i = 0; i < events; i += 20) {
        await Promise.all(Array.from({ length: 20 }, (_, k) => create(mock, i + k)));
        peak = Math.max(peak, memoryOf(mock.child.pid));
    }
    for (let pending = 1; pending; await sleep(100)) {
        pending = (await mock.must(200, 'GET', '/_mock/webhooks/deliveries?state=pending&limit=1')).total;
        peak = Math.max(peak, memoryOf(mock.child.pid));
    }
    const { total } = await mock.must(200, 'GET', '/_mock/webhooks/deliveries?state=retrying&limit=1');
    await mock.stop();
    return { idle, peak, total };
}

const times = await latency(), at = part => times[Math.floor(part * (times.length - 1))];
console.log(`from the reply to the receipt of its event, ${ROUNDS} times: median ${at(0.5).toFixed(2)} ms, 90 % ${at(0.9).toFixed(2)} ms, worst ${at(1).toFixed(2)} ms`);
const { idle, peak, total } = await memory();
console.log(`resident memory: ${idle.toFixed(1)} MiB before, ${peak.toFixed(1)} MiB at most with ${total} undelivered events`);
if (total !== events)
    console.log(`expected ${events} undelivered events`);
process.exitCode = at(0.5) > LATE_MS || peak > MEMORY_MIB || total !== events ? 1 : 0;
