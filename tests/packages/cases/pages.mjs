// What the pages promise: each way in README's table, with the file in the place of the name, and each suite that is shown.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { start, until } from '../../image/command.mjs';

/** The rows of the table: { npm: 'npx duvo-mock', … }. */
function ways() {
    const [table] = readFileSync('README.md', 'utf8').split('## Get it')[1].split('\n\nNothing');
    return Object.fromEntries([...table.matchAll(/^\| (\w+) \| `([^`]+)`/gm)].map(([, name, command]) => [name, command]));
}

/** Runs what serves in the foreground, and makes the first call. */
async function serves(place, command, cwd, env) {
    const server = start('setsid', ['sh', '-c', command], { cwd, env: { ...place.env, DUVO_MOCK_PORT: '0', ...env } });
    try {
        const [, url, key] = await until('the ready line', () => /^duvo-mock ready url=(\S+) key=(\S+)$/m.exec(server.out), 60000);
        const reply = await fetch(`${url}/v1/connections?type=gmail`, { headers: { authorization: `Bearer ${key}` } });
        assert.equal((await reply.json()).total, 2);
    } catch (error) {
        error.message += `\n${server.out}${server.err}`;
        throw error;
    } finally {
        process.kill(-server.child.pid, 'SIGTERM');
        await server.ended;
    }
}

const tried = {
    npm: async (place, command) => serves(place, command, await place.app()),
    pip: async (place, command) => {
        const venv = await place.venv(), path = `${join(venv, 'bin')}:${process.env.PATH}`;
        await serves(place, command.replace('install duvo-mock', `install ${place.wheel()}`), venv, { PATH: path });
    },
    binary: async (place, command) => {
        if (existsSync(join(place.files, command)))
            return serves(place, command, place.files);
        return console.log(`NOT RUN: ${command}, which is not built`);
    },
    source: null, // the page itself runs it: make readme
    image: null, // make test-image
    Debian: null, // takes root, and a machine of its own
};

/** The blocks of a language in a page. */
const blocks = (page, language) => [...readFileSync(page, 'utf8').matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))]
    .map(([, text]) => text);

async function suitesOf(place, page) {
    const app = await place.app(), texts = blocks(page, 'js');
    for (const [i, text] of texts.entries()) {
        place.write(join(app, `page${i}.test.mjs`), text);
        assert.match(await place.must('node', ['--test', '--test-reporter=tap', `page${i}.test.mjs`], app), /^# pass 1$/m, text);
    }
    return texts.length;
}

async function pythonSuitesOf(place, page) {
    const python = join(await place.venv(true), 'bin/python'), dir = place.folder('pages'), texts = blocks(page, 'python');
    for (const [i, text] of texts.entries()) {
        const file = place.write(join(dir, `test_page${i}.py`), text);
        if (/^def test/m.test(text))
            assert.match(await place.must(python, ['-m', 'pytest', '-q', file], dir), /^1 passed/m, text);
        else
            await place.must(python, [file], dir);
    }
    return texts.length;
}

export default {
    'each way of README\'s table': async place => {
        const table = ways();
        assert.deepEqual(Object.keys(table).sort(), Object.keys(tried).sort());
        for (const [, version] of Object.values(table).join(' ').matchAll(/duvo-mock[-_](\d+\.\d+\.\d+)/g))
            assert.equal(version, place.version, 'the version that README names');
        for (const [name, command] of Object.entries(table))
            await tried[name]?.(place, command);
    },

    'the suites in README': async place => {
        assert.equal(await suitesOf(place, 'README.md'), 1);
        assert.equal(await pythonSuitesOf(place, 'README.md'), 1);
    },

    'the suites in the packages\' own pages': async place => {
        assert.equal(await suitesOf(place, 'docker/packages/npm/README.md'), 2);
        assert.equal(await pythonSuitesOf(place, 'docker/packages/python/README.md'), 2);
    },

    // A page says nothing of a call that there is not, and leaves out no group.
    'the calls in the packages\' own pages': async place => {
        const app = await place.app();
        place.write(join(app, 'calls.cjs'), 'console.log(JSON.stringify(require("./node_modules/duvo-mock/lib/generated.js").space));\n');
        const space = JSON.parse(await place.must('node', ['calls.cjs'], app));
        const text = readFileSync('docker/packages/npm/README.md', 'utf8').split('## Calls of a space')[1];
        for (const [, path] of text.matchAll(/`((?:\w+\.)?\w+)\(/g)) {
            const [one, two] = path.split('.');
            assert.ok(two ? space[one]?.[two] : one === 'call' || space[one], `${path} is no call`);
        }
    },
};
