// A server under test: a process of its own on a free port, and what a client application calls on it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import assert from 'node:assert/strict';

const START_MS = 20000;
const STOP_MS = 5000;
const LOG_MS = 5000;

/** Starts `program` with the default fixtures, `fixtures` (a document) on top of them, and further `flags`. */
export async function startMock(program, { flags = [], fixtures, scheme = 'http' } = {}) {
    const dir = mkdtempSync(join(tmpdir(), 'e2e-'));
    const portFile = join(dir, 'port');
    const more = fixtures ? ['--fixtures', 'default', '--fixtures', join(dir, 'more.json')] : [];
    if (fixtures)
        writeFileSync(join(dir, 'more.json'), JSON.stringify(fixtures));
    const child = spawn(program, ['serve', '--port', '0', '--port-file', portFile, ...more, ...flags],
        { stdio: ['ignore', 'ignore', 'pipe'] });
    const mock = new Mock(child, dir, scheme);
    try {
        await mock.ready(portFile);
    } catch (error) {
        await mock.kill();
        throw error;
    }
    return mock;
}

class Mock {
    constructor(child, dir, scheme) {
        this.scheme = scheme;
        this.child = child;
        this.dir = dir;
        this.log = '';
        this.ended = once(child, 'close').catch(error => [error.message]);
        child.stderr.setEncoding('utf8').on('data', text => { this.log += text; });
    }

    async ready(portFile) {
        for (const end = Date.now() + START_MS; Date.now() < end; await sleep(5)) {
            assert.equal(this.child.exitCode ?? this.child.signalCode, null, `the server did not start\n${this.log}`);
            try {
                this.origin = `${this.scheme}://127.0.0.1:${Number(readFileSync(portFile, 'utf8'))}`;
                return;
            } catch (error) {
                if (error.code !== 'ENOENT')
                    throw error;
            }
        }
        throw new Error('the server was not ready in time');
    }

    /** Stops it as an operator would; it has to end well. */
    async stop() {
        this.child.kill('SIGTERM');
        const how = await Promise.race([this.ended, sleep(STOP_MS, null, { ref: false })]);
        await this.kill();
        assert.deepEqual(how, [0, null], `how the server ended\n${this.log}`);
    }

    async kill() {
        this.child.kill('SIGKILL');
        await this.ended;
        rmSync(this.dir, { recursive: true, force: true });
    }

    /** One call as the holder of the key dv_test_<as>: { status, body, warning }. */
    async call(method, path, body, as = 'owner') {
        const reply = await fetch(this.origin + path, {
            method,
            headers: { authorization: `Bearer dv_test_${as}`, ...body && { 'content-type': 'application/json' } },
            body: body && JSON.stringify(body),
        });
        const warning = reply.headers.get('x-mock-warning');
        return { status: reply.status, body: await reply.json(), ...warning && { warning } };
    }

    /** The same where only one status is right: the body. */
    async must(status, method, path, body, as) {
        const reply = await this.call(method, path, body, as);
        assert.equal(reply.status, status, `${method} ${path}: ${JSON.stringify(reply.body)}`);
        return reply.body;
    }

    /** Waits until the log has what matches. */
    async logs(pattern) {
        for (const end = Date.now() + LOG_MS; !pattern.test(this.log) && Date.now() < end;)
            await sleep(5);
        assert.match(this.log, pattern);
    }

    /** The authorization_url of a native flow. */
    async startNative(provider, body = {}, as = 'owner') {
        const path = `/v1/connections/oauth/native/${provider}/start`;
        return (await this.must(200, 'POST', path, body, as)).authorization_url;
    }

    /** What a Composio start with an OAuth scheme answers. */
    startComposio(callbackUrl, authConfig = 'ac_slack') {
        return this.must(200, 'POST', '/v1/connections/composio/start',
            { auth_config_id: authConfig, callback_url: callbackUrl });
    }

    async connections(type, as) {
        return (await this.must(200, 'GET', `/v1/connections?limit=100&type=${type}`, undefined, as)).connections;
    }

    connection(id, as) {
        return this.must(200, 'GET', `/v1/connections/${id}`, undefined, as);
    }
}
