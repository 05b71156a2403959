// A server below which calls fail when they are told to (shim.c).

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MS = 20000, STOP_MS = 10000;
const FIELDS = { armed: 0, count: 1, failed: 2 };

/** In the order of shim.c's enum kind. */
export const KINDS = ['sql', 'write', 'accept', 'send', 'thread', 'alloc'];

/** What the shim and we share. */
export class State {
    constructor(dir) {
        this.path = join(dir, 'state');
        this.clear();
        this.fd = openSync(this.path, 'r+');
    }

    clear() {
        writeFileSync(this.path, Buffer.alloc(KINDS.length * 24));
    }

    close() {
        closeSync(this.fd);
    }

    at(kind, field) {
        return (KINDS.indexOf(kind) * 3 + FIELDS[field]) * 8;
    }

    get(kind, field) {
        const bytes = Buffer.alloc(8);
        readSync(this.fd, bytes, 0, 8, this.at(kind, field));
        return Number(bytes.readBigInt64LE());
    }

    /** The n-th call from now on fails; 0: none. */
    arm(kind, n) {
        const bytes = Buffer.alloc(8);
        bytes.writeBigInt64LE(BigInt(n));
        writeSync(this.fd, bytes, 0, 8, this.at(kind, 'armed'));
    }
}

export class Server {
    /** Not ready yet, and perhaps never: see started(). */
    constructor({ program, shim, dir, state, options = [] }) {
        const portFile = join(dir, 'port');
        rmSync(portFile, { force: true });
        this.portFile = portFile;
        this.log = '';
        this.child = spawn(program, ['serve', '--port', '0', '--port-file', portFile, '--db', join(dir, 'mock.db'), '--consent', 'auto', ...options], {
            stdio: ['ignore', 'ignore', 'pipe'],
            env: { ...process.env, LD_PRELOAD: shim, TORTURE_FILE: state.path, ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}:verify_asan_link_order=0` },
        });
        this.child.stderr.setEncoding('utf8').on('data', text => { this.log = (this.log + text).slice(-20000); });
        this.ended = once(this.child, 'close').catch(error => [null, error.message]);
    }

    get isAlive() {
        return this.child.exitCode === null && this.child.signalCode === null;
    }

    /** Whether it is ready; false: it has ended. */
    async started() {
        for (const end = Date.now() + START_MS; Date.now() < end; await sleep(2)) {
            try {
                this.origin = `http://127.0.0.1:${Number(readFileSync(this.portFile, 'utf8'))}`;
                return true;
            } catch (error) {
                if (error.code !== 'ENOENT')
                    throw error;
            }
            if (!this.isAlive) {
                await this.ended;
                return false;
            }
        }
        throw new Error('neither ready nor ended in time');
    }

    /** [exit status, signal]. */
    async stop() {
        this.child.kill('SIGTERM');
        const how = await Promise.race([this.ended, sleep(STOP_MS, null, { ref: false })]);
        this.child.kill('SIGKILL');
        await this.ended;
        return how ?? [null, 'no end in time'];
    }

    async kill() {
        this.child.kill('SIGKILL');
        await this.ended;
    }
}
