// Starting the program, and finding one that runs.

'use strict';

const { spawn } = require('node:child_process');
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { findBinary } = require('./binary.js');
const { Mock } = require('./client.js');
const { reach, readAuthority } = require('./http.js');
const { check, names, toArguments } = require('./options.js');

const START_MS = 30000, STOP_MS = 5000, LOG_KEPT = 1 << 16;
const READY = /^duvo-mock ready url=(\S+) key=(\S+)$/m;

/** Fixture documents become files, which are read before the server is ready. */
function withFiles(fixtures, dir) {
    return [].concat(fixtures).map((one, i) => {
        if (typeof one === 'string')
            return one;
        const path = join(dir(), `${i}.json`);
        writeFileSync(path, JSON.stringify(one));
        return path;
    });
}

/** The process, from its start to its end. */
class Program {
    constructor(options) {
        const { DUVO_MOCK_BINARY: _, ...env } = process.env;
        const fixtures = options.fixtures === undefined ? undefined : withFiles(options.fixtures, () => this.folder());
        const args = toArguments({ port: 0, exitWithStdin: true, ...options, fixtures });
        this.log = '';
        this.out = '';
        // Detached: Ctrl-C at the suite is the suite's to answer, and it stops the server at its own end.
        this.child = spawn(findBinary(), ['serve', ...args], { env, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
        this.child.stdin.on('error', () => {}); // it may be gone first
        this.child.stderr.setEncoding('utf8').on('data', text => { this.log = (this.log + text).slice(-LOG_KEPT); });
        this.ended = new Promise(done => {
            this.child.on('error', error => { this.log += error.message; done(); });
            this.child.on('close', () => done());
        });
    }

    folder() {
        return this.dir ??= mkdtempSync(join(tmpdir(), 'duvo-mock-'));
    }

    /** { url, key } once it accepts requests. */
    async ready() {
        let timer;
        const line = new Promise(done => this.child.stdout.setEncoding('utf8').on('data', text => {
            const found = READY.exec(this.out += text);
            if (found)
                done({ url: found[1], key: found[2] });
        }));
        const late = new Promise(done => { timer = setTimeout(done, START_MS); });
        const ready = await Promise.race([line, this.ended, late]);
        clearTimeout(timer);
        if (this.dir)
            rmSync(this.dir, { recursive: true, force: true });
        if (!ready)
            throw await this.failed();
        return ready;
    }

    async failed() {
        const { exitCode } = this.child;
        await this.kill();
        return new Error(`startMock: the server ${exitCode === null ? `is not ready after ${START_MS / 1000} s` : 'did not start'}: ` +
            this.log.trim());
    }

    /** It does not keep the suite's process alive; as that ends, stdin does, and so does the server. */
    letGo() {
        for (const one of [this.child, this.child.stdin, this.child.stdout, this.child.stderr])
            one.unref();
    }

    async kill() {
        this.child.kill('SIGKILL');
        await this.ended;
    }

    /** The end of stdin is what it stops at; a signal if that was switched off. */
    async stop() {
        this.child.ref();
        this.child.stdin.end();
        this.child.kill('SIGTERM');
        let timer;
        const late = new Promise(done => { timer = setTimeout(done, STOP_MS, true); });
        if (await Promise.race([this.ended, late]))
            await this.kill();
        clearTimeout(timer);
    }
}

async function startMock(options = {}) {
    check('startMock', options, names);
    const program = new Program(options);
    try {
        const { url, key } = await program.ready();
        program.letGo();
        const adminToken = options.adminToken ?? process.env.DUVO_MOCK_ADMIN_TOKEN;
        const server = reach(url, { ca: await readAuthority(url), adminToken });
        const mock = new Mock(server, { url, key, end: () => program.stop() });
        Object.defineProperty(mock, 'log', { get: () => program.log });
        Object.defineProperty(mock, 'pid', { value: program.child.pid });
        return mock;
    } catch (error) {
        await program.kill();
        throw error;
    }
}

async function attachMock(url, options = {}) {
    check('attachMock', options, ['key', 'adminToken', 'ca']);
    const origin = url.replace(/\/+$/, '');
    const { key = 'dv_test_owner', adminToken, ca } = options;
    const mock = new Mock(reach(origin, { ca: ca ?? await readAuthority(origin), adminToken }), { url: origin, key });
    await mock.version();
    return mock;
}

module.exports = { startMock, attachMock };
