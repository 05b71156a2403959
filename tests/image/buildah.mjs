// The image without a container engine: buildah builds it, and container.sh runs it, in a network of its own.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must, run, start, until } from './command.mjs';
import { startNames } from './names.mjs';
import { buildArguments } from './recipe.mjs';

process.env.BUILDAH_ISOLATION ??= 'chroot';
const NETWORK = '10.87.87';
const HOST = `${NETWORK}.1`;
const CONTAINER = new URL('container.sh', import.meta.url).pathname;

/** Why it cannot be done here, or nothing. */
export async function unavailable() {
    if (process.getuid() !== 0)
        return 'without Docker it takes root and buildah';
    const deps = await run('tests/deps.sh', ['image'], { ms: 300000 });
    if (deps.code !== 0)
        return `neither Docker nor buildah: ${deps.err.trim().split('\n').pop()}`;
}

/** Builds the image and goes on in a network and a process tree of its own, which end with this process. */
export async function enter(wanted) {
    const tag = process.env.IMAGE ?? 'localhost/duvo-mock-test';
    if (!process.env.IMAGE)
        await build(tag);
    const container = (await must('buildah', ['from', '--pull-never', tag])).trim();
    try {
        const root = (await must('buildah', ['mount', container])).trim();
        const config = await must('buildah', ['inspect', '--type', 'image', tag]);
        return spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc',
            process.execPath, process.argv[1], wanted, root,
            JSON.stringify(JSON.parse(config).Docker.config)], { stdio: 'inherit' }).status;
    } finally {
        await run('buildah', ['rm', container]);
    }
}

const build = tag => must('buildah', ['bud', '--format', 'docker', '--pull-never', ...buildArguments(tag)], { ms: 120000 });

class Container {
    constructor(stage, what) {
        this.stage = stage;
        this.name = what.name;
        this.env = [...stage.image.env, ...Object.entries(what.env ?? {}).map(pair => pair.join('='))];
        this.dir = mkdtempSync(join(stage.dir, 'container-'));
        this.writeFiles(what);
        this.command = start('unshare', ['--net', '--mount', '--pid', '--fork', '--kill-child', CONTAINER, this.dir,
            ...this.as(join(this.dir, 'root')), ...stage.image.entrypoint, ...what.args ?? []]);
    }

    /** What runs a program with the image's environment and user. */
    as(root) {
        return ['/usr/bin/env', '-i', ...this.env, '/usr/bin/setpriv', '--no-new-privs',
            '/usr/sbin/chroot', `--userspec=${this.stage.image.user}`, root];
    }

    writeFiles({ mounts = [], volume }) {
        const lines = mounts.map(([from, to]) => `${from} ${to} ro`);
        if (volume)
            lines.push(`${this.stage.volume(volume)} /data rw`);
        symlinkSync(this.stage.root, join(this.dir, 'image'));
        writeFileSync(join(this.dir, 'mounts'), lines.map(line => `${line}\n`).join(''));
        writeFileSync(join(this.dir, 'hosts'), '127.0.0.1 localhost\n');
        writeFileSync(join(this.dir, 'resolv.conf'), `nameserver ${HOST}\n`);
    }

    /** The process inside, by the number that it has outside. */
    async connect() {
        const outer = this.command.child.pid;
        this.pid = await until('a process', () => Number(readFileSync(`/proc/${outer}/task/${outer}/children`, 'utf8')));
        this.address = await this.stage.connect(this.pid, this.name);
        this.origin = `http://${this.address}:8787`;
        this.command.child.stdin.end('\n');
    }

    async ready() {
        const gone = this.command.ended.then(({ code }) => { throw new Error(`ended with ${code}\n${this.text()}`); });
        await Promise.race([gone, until(`${this.name} is ready`, () => /^duvo-mock ready /m.test(this.text()))]);
        gone.catch(() => {});
    }

    text() {
        return this.command.out + this.command.err;
    }

    async log() {
        return this.text();
    }

    exec(...command) {
        return run('nsenter', ['--target', this.pid, '--net', '--mount', '--pid',
            ...this.as(join(this.dir, 'root')), ...command]);
    }

    /** Does what an engine does with the image's health check. */
    async healthy() {
        await until('healthy', async () => (await this.exec(...this.stage.image.health.slice(1))).code === 0);
    }

    async process() {
        const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
        return { uid: Number(/^Uid:\s*(\d+)/m.exec(status)[1]), capabilities: /^CapEff:\s*(\S+)/m.exec(status)[1] };
    }

    async signal(name) {
        const began = Date.now();
        process.kill(this.pid, `SIG${name}`);
        const { code } = await this.command.ended;
        return { code, ms: Date.now() - began };
    }

    /** All processes inside end with their first one. */
    async remove() {
        if (this.command.child.exitCode === null)
            process.kill(this.pid, 'SIGKILL');
        await this.command.ended;
    }
}

/** Everything that the checks start; a bridge joins them. */
class Stage {
    constructor(root, config) {
        const of = JSON.parse(config);
        this.root = root;
        this.dir = mkdtempSync(join(tmpdir(), 'image-'));
        this.addresses = new Map([['outside', HOST]]);
        this.last = 1;
        this.left = [];
        this.image = { user: of.User, env: of.Env, entrypoint: of.Entrypoint, ports: Object.keys(of.ExposedPorts ?? {}),
            labels: of.Labels, health: of.Healthcheck?.Test, volumes: Object.keys(of.Volumes ?? {}) };
    }

    async open() {
        this.name = (await must('buildah', ['--version'])).trim();
        for (const words of ['link set lo up', 'link add bridge0 type bridge', `address add ${HOST}/24 dev bridge0`,
            'link set bridge0 up'])
            await must('ip', words.split(' '));
        this.stopNames = await startNames(HOST, this.addresses);
    }

    async connect(pid, name) {
        const number = ++this.last, address = `${NETWORK}.${number}`;
        await must('ip', `link add veth${number} type veth peer name eth0 netns ${pid}`.split(' '));
        await must('ip', `link set veth${number} master bridge0 up`.split(' '));
        for (const words of ['link set lo up', `address add ${address}/24 dev eth0`, 'link set eth0 up'])
            await must('nsenter', ['--target', pid, '--net', 'ip', ...words.split(' ')]);
        if (name)
            this.addresses.set(name, address);
        return address;
    }

    /** A named volume: at first what the image has there, its owner included. */
    volume(name) {
        const dir = join(this.dir, `volume-${name}`);
        if (!existsSync(dir))
            spawnSync('cp', ['-a', join(this.root, 'data'), dir]);
        return dir;
    }

    async config() {
        return this.image;
    }

    list() {
        return must('sh', ['-c', 'tar --numeric-owner -c -C "$0" . | tar --numeric-owner -tv', this.root]);
    }

    async start(what) {
        const container = new Container(this, what);
        this.left.push(container);
        await container.connect();
        await container.ready();
        return container;
    }

    async once(args, what = {}) {
        const container = new Container(this, { ...what, args });
        this.left.push(container);
        await container.connect();
        return container.command.ended;
    }

    /** Runs a program outside of the containers, for which their names are in /etc/hosts. */
    async outside(program, args, env) {
        const hosts = join(this.dir, 'hosts');
        writeFileSync(hosts, [...this.addresses].map(([name, address]) => `${address} ${name}\n`).join(''));
        await must('mount', ['--bind', hosts, '/etc/hosts']);
        return run(program, args, { env: { ...process.env, ...env } }).finally(() => must('umount', ['/etc/hosts']));
    }

    async close() {
        for (const container of this.left)
            await container.remove();
        this.stopNames();
        rmSync(this.dir, { recursive: true });
    }
}

export async function open(root, config) {
    const stage = new Stage(root, config);
    await stage.open();
    return stage;
}
