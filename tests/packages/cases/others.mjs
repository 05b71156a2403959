// The helpers for Go and Java, each where its tools are.

import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { start, until } from '../../image/command.mjs';

/** What runs with the program on the PATH. */
async function withProgram(place) {
    const app = await place.app();
    return { PATH: `${dirname(join(app, 'node_modules', place.platform(), 'bin/duvo-mock'))}:${process.env.PATH}` };
}

async function copied(place, language) {
    const dir = place.folder(`${language}-suite`);
    cpSync(`docker/packages/${language}`, dir, { recursive: true });
    return dir;
}

/** Kills a suite that has printed its mock's address, and sees that nobody answers there. */
async function killed(place, program, args, cwd, env) {
    const command = start(program, args, { cwd, env: { ...place.env, ...env } });
    const [url] = await until('the server\'s address', () => /^http:\S+$/m.exec(command.out));
    assert.equal((await fetch(`${url}/_mock/health`)).status, 200);
    command.child.kill('SIGKILL');
    await until('the end of the server', () => fetch(`${url}/_mock/health`).then(() => false, () => true), 5000);
    await command.ended;
}

async function isThere(place, program) {
    const there = (await place.run('sh', ['-c', 'command -v "$0"', program], place.root)).code === 0;
    if (!there)
        console.log(`NOT RUN: for want of ${program}`);
    return there;
}

export default {
    'from Go': async place => {
        if (!await isThere(place, 'go'))
            return;
        const dir = await copied(place, 'go');
        const env = { ...await withProgram(place), GOFLAGS: '-mod=mod', GOPROXY: 'off', GOCACHE: join(place.root, 'go-cache') };
        assert.match(await place.must('go', ['test', '-count=1', '.'], dir, env), /^ok\s/m);
        await place.must('go', ['test', '-c', '-o', 'waits', '.'], dir, env);
        await killed(place, join(dir, 'waits'), ['-test.run', 'TestWaits'], dir, { ...env, WAIT: '1' });
    },

    'from Java': async place => {
        if (!await isThere(place, 'javac'))
            return;
        const dir = await copied(place, 'java'), env = await withProgram(place);
        await place.must('javac', ['--release', '11', '-Xlint:all', '-Werror', '-d', 'out', 'DuvoMock.java', 'Suite.java'], dir, env);
        assert.match(await place.must('java', ['-cp', 'out', 'Suite'], dir, env), /^duvo-mock did not start\nOK$/m);
        await killed(place, 'java', ['-cp', 'out', 'Suite', 'wait'], dir, env);
    },
};
