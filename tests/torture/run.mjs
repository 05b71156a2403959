// Lets every n-th call of a kind fail once, at the start and in whatever clients do, and looks at what is left of the
// server each time: it is alive, or has ended with a line that says why; it does the same work right afterwards; what
// it acknowledged is there, and its database is whole.
// Usage: node tests/torture/run.mjs SERVER FOLDER [EVERY] [KIND…]
//   FOLDER  has shim.so, and shim-alloc.so for the kind alloc
//   EVERY   1: each call fails once; N: every N-th does
//   KIND    sql write accept send thread alloc; without one all but alloc

import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failed, families, Visitor } from '../control/lib/families.mjs';
import { KINDS, Server, State } from './server.mjs';

const [program, folder, everyText = '1', ...wanted] = process.argv.slice(2);
const every = Number(everyText);
const kinds = wanted.length ? wanted : KINDS.filter(kind => kind !== 'alloc');
const LOOK_AFTER = 400;         // failures before a restart that looks at what is stored
const FINDINGS_MAX = 30;
// That a reply may take. A worker of libmicrohttpd that ran out of descriptors takes no connection before one of its own
// has ended, at the latest when that has idled for so long.
const CALL_MS = 15000, LATE_MS = 130000;
const FAILURES = new Set([500, 502, 503, 507]); // what a call may be answered below which something failed
const OPTIONS = { accept: { headers: { connection: 'close' }, timeout: LATE_MS } };

class Torture {
    constructor(kind) {
        this.kind = kind;
        this.every = kind === 'thread' ? 1 : every; // there are few
        this.dir = mkdtempSync(join(tmpdir(), `torture-${kind}-`));
        this.findings = [];
        this.points = 0;
        this.deaths = 0;
        this.made = new Map(); // acknowledged connections: whether their change was, too
        this.statuses = new Map();
    }

    server(dir, state, options = []) {
        const shim = resolve(folder, this.kind === 'alloc' ? 'shim-alloc.so' : 'shim.so');
        return new Server({ program: resolve(program), shim, dir, state, options });
    }

    found(where, what, log = '') {
        this.findings.push(`${this.kind}, ${where}: ${what}${log && `\n  ${log.trim().split('\n').slice(-8).join('\n  ')}`}`);
        if (this.findings.length >= FINDINGS_MAX)
            throw new Error('too many findings');
    }

    /** An end that was not asked for: with status 1 and lines that say why; nothing else. */
    judgeEnd(where, [status, signal], log) {
        const lines = log.split('\n').filter(line => /^duvo-mock: \S/.test(line));
        if (status !== 1 || signal || !lines.length)
            this.found(where, `ended with ${signal ?? status}`, log);
    }

    isWhole(dir) {
        const { stdout, stderr } = spawnSync('sqlite3', [join(dir, 'mock.db'), 'PRAGMA integrity_check; PRAGMA foreign_key_check'], { encoding: 'utf8' });
        return stdout.trim() === 'ok' ? null : `${stdout}${stderr}`.slice(0, 400);
    }

    // ---- starts ----

    async startOnce(n, count, options) {
        const dir = join(this.dir, `start-${n}`), state = (mkdirSync(dir), new State(dir));
        const where = `start ${options.join(' ')}, call ${n} of ${count}`;
        state.arm(this.kind, n);
        const first = this.server(dir, state, options);
        try {
            if (await first.started()) {
                state.arm(this.kind, 0);
                const how = await first.stop();
                if (how[0] !== 0)
                    this.found(where, `the stop ended with ${how}`, first.log);
            } else {
                this.judgeEnd(where, await first.ended, first.log);
            }
            await this.startAgain(dir, state, where);
        } finally {
            await first.kill();
            state.close();
            rmSync(dir, { recursive: true, force: true });
        }
    }

    async startAgain(dir, state, where) {
        state.arm(this.kind, 0);
        const again = this.server(dir, state);
        try {
            if (!await again.started())
                this.found(where, 'the next start fails', again.log);
            else
                await again.stop();
            const broken = this.isWhole(dir);
            if (broken)
                this.found(where, `the database is broken: ${broken}`);
        } finally {
            await again.kill();
        }
    }

    /** With the database that the build has made, and with statements. */
    async starts() {
        for (const options of [[], ['--fixtures', 'demo']]) {
            const dir = join(this.dir, 'count'), state = (mkdirSync(dir), new State(dir));
            const server = this.server(dir, state, options);
            await server.started();
            const count = state.get(this.kind, 'count');
            await server.kill();
            state.close();
            rmSync(dir, { recursive: true });
            for (let n = 1; n <= count; n += this.every, this.points++)
                await this.startOnce(n, count, options);
        }
    }

    // ---- visits ----

    async begin() {
        this.live = this.server(this.home, this.state);
        if (!await this.live.started())
            throw new Error(`it does not start\n${this.live.log}`);
        this.visitors = new Map(Object.keys(families).map(name => [name, this.visitor(name)]));
        for (const visitor of this.visitors.values()) // makes its space
            await visitor.must(200, 'GET', '/v1/profile');
    }

    visitor(name) {
        return new Visitor(this.live.origin, { space: name.toLowerCase(), timeout: CALL_MS, ...OPTIONS[this.kind] });
    }

    /** Remembers what was acknowledged. */
    remember(visitor) {
        for (const id of visitor.made)
            this.made.set(id, this.made.get(id) || visitor.changed.has(id));
        for (const [status, n] of visitor.statuses)
            this.statuses.set(status, (this.statuses.get(status) ?? 0) + n);
        visitor.made.clear();
        visitor.statuses.clear();
    }

    async visit(name, strict) {
        const visitor = this.visitors.get(name);
        visitor.strict = strict;
        try {
            await families[name](visitor);
            return null;
        } catch (error) {
            return error instanceof Failed ? null : error;
        } finally {
            this.remember(visitor);
        }
    }

    async failOnce(name, n, count) {
        const where = `${name}, call ${n} of ${count}`, before = new Map(this.statuses);
        this.state.arm(this.kind, n);
        await this.visit(name, false);
        this.state.arm(this.kind, 0);
        for (const [status, times] of this.statuses)
            if (status >= 500 && !FAILURES.has(status) && times > (before.get(status) ?? 0))
                this.found(where, `answered ${status}`);
        if (this.visitors.get(name).late)
            this.found(where, `no reply within ${this.visitors.get(name).timeout} ms`, this.live.log);
        this.visitors.get(name).late = 0;
        const wrong = this.live.isAlive ? await this.visit(name, true) : null;
        if (wrong)
            await sleep(300); // an end may have begun
        if (!this.live.isAlive) {
            this.deaths++;
            this.judgeEnd(where, await this.live.ended, this.live.log);
            await this.begin();
        } else if (wrong)
            this.found(where, `afterwards: ${wrong.message.slice(0, 500)}`, this.live.log);
    }

    /** Stops and starts it; every acknowledged connection is there. */
    async look() {
        const how = await this.live.stop();
        if (how[0] !== 0)
            this.found('stop', `ended with ${how}`, this.live.log);
        const broken = this.isWhole(this.home);
        if (broken)
            this.found('stop', `the database is broken: ${broken}`);
        await this.begin();
        const visitor = this.visitor('connections');
        for (const [id, changed] of this.made) {
            const reply = await visitor.call('GET', `/v1/connections/${id}`);
            if (reply.status !== 200 || (changed && reply.json().name !== 'Changed'))
                this.found('restart', `an acknowledged write is lost: ${id}: ${reply.status} ${reply.text}`);
        }
    }

    async visitFamily(name) {
        const before = this.state.get(this.kind, 'count');
        const wrong = await this.visit(name, true);
        const count = this.state.get(this.kind, 'count') - before;
        if (wrong)
            throw wrong;
        for (let n = 1; n <= count; n += this.every) {
            await this.failOnce(name, n, count);
            if (++this.points % LOOK_AFTER === 0)
                await this.look();
            if (n % 50 === 1 && name !== 'connections')
                await this.visitors.get(name).call('POST', '/_mock/reset', { json: {} });
        }
    }

    async visits() {
        this.home = join(this.dir, 'home');
        mkdirSync(this.home);
        this.state = new State(this.home);
        await this.begin();
        for (const name of Object.keys(families)) {
            await this.visit(name, true); // what is done once only
            await this.visitFamily(name);
        }
        await this.look();
        const how = await this.live.stop();
        if (how[0] !== 0)
            this.found('stop', `ended with ${how}`, this.live.log);
    }

    async run() {
        const began = performance.now();
        try {
            await this.starts();
            await this.visits();
        } catch (error) {
            this.findings.push(`${this.kind}: ${error.stack}`);
        } finally {
            await this.live?.kill();
            this.state?.close();
            rmSync(this.dir, { recursive: true, force: true });
        }
        const answered = [...this.statuses].filter(([status]) => status === 0 || status >= 500).map(([status, n]) => `${n} × ${status || 'no reply'}`);
        console.log(`${this.kind}: ${this.points} failures, ${this.deaths} ends, ${this.made.size} acknowledged writes looked at; ` +
            `${answered.join(', ') || 'no reply told of it'}; ${((performance.now() - began) / 1000).toFixed(0)} s`);
        this.findings.forEach(finding => console.log(`FAILED ${finding}`));
        return this.findings.length === 0;
    }
}

let passed = 0;
for (const kind of kinds)
    passed += await new Torture(kind).run() ? 1 : 0;
console.log(`${passed} passed, ${kinds.length - passed} failed`);
process.exit(passed === kinds.length ? 0 : 1);
