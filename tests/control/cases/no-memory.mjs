// A process that gets no more memory refuses the request that wants it, and serves all others.

import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMock } from '../../e2e/lib/mock.mjs';
import { request } from '../lib/http.mjs';

const KIB = 420000; // the server itself takes some 320,000 of addresses
const JSON_HEADERS = { authorization: 'Bearer dv_test_owner', 'content-type': 'application/json' };
const LARGEST = Buffer.from(`{"connections":[${'[],'.repeat(31e6 / 3)}[]]}`);
const TEXT = Buffer.from(`{"connections":[{"name":"${'x'.repeat(31e6)}"}]}`);
const LARGE = Buffer.from(`{"name":[${'[],'.repeat(1e6 / 3)}[]]}`);
const REFUSED = [400, 413, 503];

function post(mock, path, body) {
    return request(mock.origin, 'POST', path, { headers: JSON_HEADERS, body, timeout: 60000 });
}

async function isWell(mock) {
    assert.equal((await request(mock.origin, 'GET', '/v1/profile', { headers: JSON_HEADERS })).status, 200);
    assert.equal((await post(mock, '/v1/connections', '{"name": "x", "provider": "user", "auth_method": "url"}')).status, 201);
}

/** The statuses of so many at once. */
async function refuse(mock, n, path, body) {
    const statuses = (await Promise.all(Array.from({ length: n }, () => post(mock, path, body)))).map(one => one.status);
    statuses.forEach(status => assert.ok(REFUSED.includes(status), `${path}: HTTP ${status}`));
    await isWell(mock);
    return statuses;
}

export default async function noMemory({ program, slow }) {
    if (slow)
        return; // a sanitizer wants more addresses than there are bytes
    const dir = mkdtempSync(join(tmpdir(), 'control-'));
    const limited = join(dir, 'duvo-mock');
    writeFileSync(limited, `#!/bin/sh\nulimit -v ${KIB}\nexec '${program}' "$@"\n`);
    chmodSync(limited, 0o755);
    const mock = await startMock(limited, { flags: ['--rate-limit', 'off'] });
    try {
        const statuses = [
            ...await refuse(mock, 1, '/_mock/fixtures', LARGEST),
            ...await refuse(mock, 4, '/_mock/fixtures', LARGEST),
            ...await refuse(mock, 4, '/_mock/fixtures', TEXT),
            ...await refuse(mock, 60, '/v1/connections', LARGE),
        ];
        assert.ok(statuses.includes(503), `nothing was refused for want of memory: ${statuses}`);
        assert.match(mock.log, /error: no memory for a request/);
        console.log(`${statuses.filter(status => status === 503).length} of ${statuses.length} got 503`);
        await mock.stop();
    } finally {
        await mock.kill();
        rmSync(dir, { recursive: true });
    }
}
