// Makes the npm packages: duvo-mock, and one for each program, which npm installs where it runs.
// Usage: node docker/packages/npm/build.mjs VERSION DIR PROGRAM…     DIR gets NAME-VERSION.tgz of each
// The same bytes from the same files: sorted, owned by nobody, as old as nothing.

import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const LICENSE = join(HERE, '../../../server/LICENSE');
const MACHINES = { 62: 'x64', 183: 'arm64' }; // e_machine of an ELF file
const CPUS = Object.values(MACHINES);

const [version, to, ...programs] = process.argv.slice(2);

function machineOf(program) {
    const head = readFileSync(program).subarray(0, 20);
    const cpu = head.toString('latin1', 0, 4) === '\x7fELF' && MACHINES[head.readUInt16LE(18)];
    if (!cpu)
        throw new Error(`${program} is no program for ${CPUS.join(' or ')}`);
    return cpu;
}

function pack(name, dir) {
    const file = join(to, `${name}-${version}.tgz`);
    execFileSync('sh', ['-c', 'tar --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mode=a+rX,u+w,go-w ' +
        '--mtime=@499162500 --transform="s,^\\.,package," -C "$0" -cf - . | gzip -9n >"$1"', dir, file]);
    console.log(file);
}

/** A folder that becomes a package. */
function packed(name, fill) {
    const dir = mkdtempSync(join(tmpdir(), 'npm-'));
    try {
        fill(dir);
        cpSync(LICENSE, join(dir, 'LICENSE'));
        pack(name, dir);
    } finally {
        rmSync(dir, { recursive: true });
    }
}

const platform = cpu => `duvo-mock-linux-${cpu}`;
const write = (dir, manifest) => writeFileSync(join(dir, 'package.json'), `${JSON.stringify(manifest, null, 4)}\n`);

function fillMain(dir) {
    const manifest = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'));
    for (const name of ['bin', 'lib', 'README.md'])
        cpSync(join(HERE, name), join(dir, name), { recursive: true });
    for (const name of readdirSync(HERE).filter(one => /\.(m?js|d\.m?ts)$/.test(one) && one !== 'build.mjs'))
        cpSync(join(HERE, name), join(dir, name));
    write(dir, { ...manifest, version, optionalDependencies: Object.fromEntries(CPUS.map(cpu => [platform(cpu), version])) });
}

function fillPlatform(dir, program, cpu) {
    mkdirSync(join(dir, 'bin'));
    cpSync(program, join(dir, 'bin/duvo-mock'), { dereference: true });
    chmodSync(join(dir, 'bin/duvo-mock'), 0o755);
    writeFileSync(join(dir, 'README.md'), `The program of duvo-mock for Linux on ${cpu}. Install duvo-mock instead.\n`);
    write(dir, {
        name: platform(cpu), version, description: `The program of duvo-mock for Linux on ${cpu}`, license: 'MIT',
        os: ['linux'], cpu: [cpu], preferUnplugged: true,
    });
}

mkdirSync(to, { recursive: true });
packed('duvo-mock', fillMain);
for (const program of programs) {
    const cpu = machineOf(program);
    packed(platform(cpu), dir => fillPlatform(dir, program, cpu));
}
