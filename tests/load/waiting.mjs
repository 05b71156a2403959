// What waiting verifications cost: resident memory and processor time of a server while they wait, printed and not judged.
// Usage: node tests/load/waiting.mjs SERVER [SECONDS]

import { startMock } from '../e2e/lib/mock.mjs';
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';

const ENTRIES = 3000, TICKS = Number(execFileSync('getconf', ['CLK_TCK']));
const [program, seconds = '10'] = process.argv.slice(2);
const within = Number(seconds) * 1000;

function usage(pid) {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1];
    return { mib: Number(kib) / 1024, seconds: (Number(fields[11]) + Number(fields[12])) / TICKS };
}

async function measure(title, count, during = async () => {}) {
    const mock = await startMock(program, { flags: ['--log', 'off', '--journal-bytes', '100000000'] });
    try {
        for (let i = 0; i < ENTRIES; i++)
            await mock.call('GET', '/v1/profile');
        const before = usage(mock.child.pid);
        let over = false;
        const all = Promise.all(Array.from({ length: count }, () => mock.call('POST', '/_mock/verify',
            { match: { operation: 'createConnection', body: { '/name': 'x' } }, within_ms: within }))).then(() => { over = true; });
        await Promise.all([all, during(mock, () => over)]);
        const after = usage(mock.child.pid);
        console.log(`${title}: ${before.mib.toFixed(0)} -> ${after.mib.toFixed(0)} MiB, ${(after.seconds - before.seconds).toFixed(2)} s of processor time in ${seconds} s`);
        await mock.stop();
    } finally {
        await mock.kill();
    }
}

await measure('1 waits', 1);
await measure('8 wait', 8);
await measure('32 wait', 32);
await measure('32 wait beside a request every 10 ms', 32, async (mock, over) => {
    while (!over()) {
        await mock.call('GET', '/v1/profile');
        await new Promise(resolve => { setTimeout(resolve, 10); });
    }
});
