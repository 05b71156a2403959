// Where the packages are tried: folders of their own, with no cache, no registry, and nothing of the repository.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { must, run, start, until } from '../image/command.mjs';

const NODE_CPUS = { x64: 'x64', arm64: 'arm64' };

/** No setting of the suite's caller gets in. */
function cleanEnvironment(home) {
    const kept = Object.entries(process.env).filter(([name]) => !/^(DUVO_MOCK|npm_config_|PIP_|VIRTUAL_ENV|PYTHON)/i.test(name));
    return { ...Object.fromEntries(kept), HOME: home, npm_config_cache: join(home, 'npm'), npm_config_offline: 'true',
        npm_config_update_notifier: 'false', PIP_NO_INDEX: '1', PIP_DISABLE_PIP_VERSION_CHECK: '1', PYTHONDONTWRITEBYTECODE: '1' };
}

/** The Python that has what the tests import: that of the PATH, or Debian's own. */
async function findPython() {
    for (const python of ['python3', '/usr/bin/python3'])
        if ((await run(python, ['-c', 'import ensurepip, mypy, pytest, xdist'])).code === 0)
            return python;
    throw new Error('no Python has ensurepip, mypy, pytest and xdist');
}

export function isAlive(pid) {
    try {
        return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
        return false;
    }
}

class Place {
    constructor({ version, files, dir }, python) {
        Object.assign(this, { version, files, dir, python });
        this.root = mkdtempSync(join(tmpdir(), 'packages-'));
        this.env = cleanEnvironment(this.root);
    }

    folder(name) {
        const path = join(this.root, name);
        mkdirSync(path, { recursive: true });
        return path;
    }

    run(program, args, cwd, env = {}) {
        return run(program, args, { cwd, env: { ...this.env, ...env }, ms: 120000 });
    }

    must(program, args, cwd, env = {}) {
        return must(program, args, { cwd, env: { ...this.env, ...env }, ms: 120000 });
    }

    tarball(name) {
        return join(this.files, `${name}-${this.version}.tgz`);
    }

    platform() {
        return `duvo-mock-linux-${NODE_CPUS[process.arch]}`;
    }

    /** A folder where the npm packages are installed, made once. */
    async app() {
        if (!this.appDir) {
            const path = this.folder('app');
            await this.must('npm', ['install', '--no-audit', '--no-fund', this.tarball('duvo-mock'), this.tarball(this.platform())], path);
            this.appDir = path;
        }
        return this.appDir;
    }

    wheel() {
        const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
        const [name, ...more] = readdirSync(this.files).filter(one => one.startsWith(`duvo_mock-${this.version}-`) && one.endsWith(`_${machine}.whl`));
        assert.deepEqual([typeof name, more], ['string', []], 'one wheel for this machine');
        return join(this.files, name);
    }

    /** A virtual environment with the wheel; `all` lets it see the machine's pytest. */
    async venv(all) {
        const name = all ? 'venv-all' : 'venv';
        this.venvs ??= {};
        if (!this.venvs[name]) {
            const path = join(this.root, name);
            await this.must(this.python, ['-m', 'venv', ...all ? ['--system-site-packages'] : [], path], this.root);
            await this.must(join(path, 'bin/pip'), ['install', '--no-index', this.wheel()], this.root);
            this.venvs[name] = path;
        }
        return this.venvs[name];
    }

    write(path, text) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
        return path;
    }

    /** Kills a program that has printed the id of a server of its own, and sees that the server goes, too. */
    async killed(program, args, cwd) {
        const command = start(program, args, { cwd, env: this.env });
        await until('the server\'s id', () => /^\d+\n/.test(command.out) || command.child.exitCode !== null);
        const pid = Number(command.out);
        assert.ok(isAlive(pid), `the server runs\n${command.out}${command.err}`);
        command.child.kill('SIGKILL');
        await until('the end of the server', () => !isAlive(pid), 5000);
        await command.ended;
    }

    remove() {
        rmSync(this.root, { recursive: true, force: true });
    }
}

export async function makePlace(given) {
    return new Place(given, await findPython());
}
