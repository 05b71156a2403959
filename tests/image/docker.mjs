// The image in Docker.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must, run, until } from './command.mjs';
import { buildArguments } from './recipe.mjs';

const docker = (...args) => must('docker', args);
const inspect = async (what, format) => JSON.parse(await docker('inspect', '--format', `{{json ${format}}}`, what));

export async function available() {
    return (await run('docker', ['info'], { ms: 20000 })).code === 0;
}

class Container {
    constructor(name, alias) {
        this.name = name;
        this.alias = alias;
    }

    async ready() {
        const port = await docker('port', this.name, '8787/tcp').catch(() => '');
        this.origin = port && `http://${port.split('\n')[0].replace('0.0.0.0', '127.0.0.1')}`;
        const ready = async () => /^duvo-mock ready /m.test(await this.log());
        await until(`${this.name} is ready`, ready).catch(async error => {
            throw new Error(`${error.message}\n${await this.log()}`);
        });
    }

    async log() {
        const { out, err } = await run('docker', ['logs', this.name]);
        return out + err;
    }

    exec(...command) {
        return run('docker', ['exec', this.name, ...command]);
    }

    /** What the engine itself says of the container's health. */
    async healthy() {
        await until('healthy', async () => await inspect(this.name, '.State.Health.Status') === 'healthy', 30000);
    }

    /** Uid and effective capabilities of its first process. */
    async process() {
        const [pid, uid] = (await docker('top', this.name, '-eo', 'pid,uid')).split('\n')[1].trim().split(/\s+/);
        const status = await run('cat', [`/proc/${pid}/status`]);
        return { uid: Number(uid), capabilities: /^CapEff:\s*(\S+)/m.exec(status.out)?.[1] };
    }

    async signal(name) {
        const began = Date.now();
        await docker('kill', '--signal', name, this.name);
        const code = Number(await docker('wait', this.name));
        return { code, ms: Date.now() - began };
    }

    async remove() {
        await run('docker', ['rm', '-f', this.name]);
    }
}

export async function open() {
    const tag = process.env.IMAGE ?? 'duvo-mock-test';
    const id = `duvo-mock-test-${process.pid}`;
    const dir = mkdtempSync(join(tmpdir(), 'image-'));
    const left = [];
    if (!process.env.IMAGE)
        await docker('build', ...buildArguments(tag));
    await docker('network', 'create', id);
    const gateway = await inspect(id, '(index .IPAM.Config 0).Gateway');
    /* What the checks start; every one has a network alias, which is its host name for the others. */
    function options({ name, env = {}, mounts = [], volume }) {
        const all = ['--read-only', '--network', id, '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges',
            '--add-host', `outside:${gateway}`];
        if (name)
            all.push('--network-alias', name, '-p', '127.0.0.1::8787');
        for (const [key, value] of Object.entries(env))
            all.push('-e', `${key}=${value}`);
        for (const [from, to] of mounts)
            all.push('-v', `${from}:${to}:ro`);
        if (volume)
            all.push('-v', `${id}-${volume}:/data`);
        return all;
    }
    return {
        name: `Docker ${(await docker('version', '--format', '{{.Server.Version}}')).trim()}`,
        dir,
        async config() {
            const of = await inspect(tag, '.Config');
            return { user: of.User, env: of.Env, entrypoint: of.Entrypoint, ports: Object.keys(of.ExposedPorts ?? {}),
                labels: of.Labels, health: of.Healthcheck?.Test, volumes: Object.keys(of.Volumes ?? {}) };
        },
        async list() {
            const container = (await docker('create', tag)).trim();
            try {
                const tar = join(dir, 'root.tar');
                await docker('export', '-o', tar, container);
                return await must('tar', ['--numeric-owner', '-tvf', tar]);
            } finally {
                await docker('rm', container);
            }
        },
        async start(what) {
            const container = new Container(`${id}-${what.name}-${left.length}`, what.name);
            left.push(container);
            await docker('run', '-d', '--name', container.name, ...options(what), tag, ...what.args ?? []);
            await container.ready();
            return container;
        },
        /** Runs a program outside of the containers; the network's names become published addresses. */
        outside(program, args, env) {
            const origin = name => left.findLast(one => one.alias === name)?.origin ?? `http://${name}:8787`;
            const outer = Object.entries(env)
                .map(([key, value]) => [key, value.replace(/^http:\/\/(\w+):8787/, (_, name) => origin(name))]);
            return run(program, args, { env: { ...process.env, ...Object.fromEntries(outer) } });
        },
        once: (args, what = {}) => run('docker', ['run', '--rm', ...options(what), tag, ...args]),
        async close() {
            for (const container of left)
                await container.remove();
            const volumes = (await docker('volume', 'ls', '-q', '--filter', `name=${id}-`)).split('\n').filter(Boolean);
            if (volumes.length)
                await docker('volume', 'rm', ...volumes);
            await docker('network', 'rm', id);
            rmSync(dir, { recursive: true });
        },
    };
}
