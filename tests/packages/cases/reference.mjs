// What the console's reference shows of every operation is what the packages take: both type checkers take all of it, and
// each program runs, to the reply of the operation or to one of the errors that stand beside it.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { start, until } from '../../image/command.mjs';

const STREAM_MS = 1500; // a program that has not ended by then reads a stream

/** Of an MCP server, and of its authorization server: a protocol's errors stand in its own document. */
const PROTOCOL = [401, 405];
const REFUSED = 422; // what a verification is answered that failed: the packages have an error of its own for it

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': '\'' };
const decoded = text => text.replace(/&(#?\w+);/g, (_, name) => ENTITIES[name]);

/** The text of an element's inside, without what is hidden. */
function visible(markup) {
    let text = markup, before;
    do {
        before = text;
        text = text.replace(/<span([^>]*)>((?:(?!<\/?span)[^])*)<\/span>/g, (_, attributes, inside) => (/ hidden$/.test(attributes) ? '' : inside));
    } while (text !== before);
    return decoded(text);
}

/** { id, statuses, streams, curl, node, python } of an operation, as a reader sees them without scripts. */
async function readOperation(url, id) {
    const page = await (await fetch(`${url}/_mock/?${new URLSearchParams({ tab: 'reference', id })}`)).text();
    const detail = page.slice(page.indexOf('id="detail"'));
    const programs = Object.fromEntries([...detail.matchAll(/<pre data-program="(\w+)" data-keep>([^]*?)<\/pre>/g)]
        .map(([, name, markup]) => [name, visible(markup)]));
    assert.deepEqual(Object.keys(programs), ['curl', 'node', 'python'], id);
    const [, success] = /<h3>(\d+)<\/h3>/.exec(detail);
    return { id, name: id.replace(/\W+/g, '_'), ...programs,
        statuses: [Number(success), ...[...detail.matchAll(/<span class="pill bad">(\d+)<\/span>/g)].map(([, code]) => Number(code))] };
}

async function readReference(url) {
    const page = await (await fetch(`${url}/_mock/?tab=reference`)).text();
    const ids = [...page.matchAll(/<li data-key="([^"]+)"><a class="endpoint"/g)].map(([, id]) => decoded(id));
    assert.ok(ids.length > 250, `${ids.length} operations`);
    const operations = [];
    for (const id of ids)
        operations.push(await readOperation(url, id));
    return operations;
}

/** A mock of its own: programs change what is there. */
async function withMock(place, use) {
    const binary = join(await place.app(), 'node_modules', place.platform(), 'bin/duvo-mock');
    const server = start(binary, ['serve', '--port', '0'], { cwd: place.root, env: place.env });
    try {
        const [, url] = await until('the ready line', () => /^duvo-mock ready url=(\S+)/m.exec(server.out));
        return await use(url);
    } finally {
        server.child.kill('SIGKILL');
        await server.ended;
    }
}

/** Runs programs one after the other in one process: { name: 'ok', 'stream', or the error's name and status }. */
async function runAll(place, program, args, cwd, files, driver) {
    const out = await place.must(program, [...args, place.write(join(cwd, driver.name), driver.text), String(STREAM_MS), ...files], cwd);
    return JSON.parse(out.slice(out.lastIndexOf('\n{') + 1));
}

const NODE_DRIVER = { name: 'drive.mjs', text: `
const [ms, ...files] = process.argv.slice(2), seen = {};
const print = console.log;
console.log = () => {};
for (const file of files) {
    const late = new Promise(done => { setTimeout(done, Number(ms), 'stream').unref(); });
    seen[file] = await Promise.race([late, import('./' + file).then(() => 'ok', error => error.name + ' ' + (error.status ?? '') + ' ' + error.message)]);
}
print('\\n' + JSON.stringify(seen));
process.exit();
` };

const PYTHON_DRIVER = { name: 'drive.py', text: `
import io, json, sys, threading
ms, *files = sys.argv[1:]
seen, out = {}, sys.stdout
sys.stdout = io.StringIO()

def run(file):
    try:
        exec(compile(open(file).read(), file, "exec"), {"__name__": "__main__"})
        seen[file] = "ok"
    except BaseException as error:
        seen[file] = f"{type(error).__name__} {getattr(error, 'status', error)}"

for file in files:
    thread = threading.Thread(target=run, args=(file,), daemon=True)
    thread.start()
    thread.join(int(ms) / 1000)
    seen.setdefault(file, "stream")
out.write("\\n" + json.dumps(seen))
out.flush()
` };

/** Which outcome each operation may have: its reply, or one of the errors that its page names. */
function check(operations, seen, suffix) {
    const wrong = operations.filter(({ id, name, node, statuses }) => {
        const outcome = seen[name + suffix], [error, status] = outcome.split(' ');
        if (outcome === 'stream')
            return !/for await/.test(node);
        const known = /\/mcp\b/.test(id) ? [...statuses, ...PROTOCOL] : statuses;
        const refused = /^(Assertion|Verification)Error$/.test(error) ? REFUSED : Number(status);
        return outcome !== 'ok' && !(/^(Mock|Assertion|Verification)Error$/.test(error) && known.includes(refused));
    }).map(({ id, name, statuses }) => `${id}: ${seen[name + suffix]}, not of ${statuses}`);
    assert.deepEqual(wrong, []);
    const good = operations.filter(({ name }) => seen[name + suffix] === 'ok').length;
    if (process.env.SHOW)
        console.log(operations.filter(({ name }) => seen[name + suffix] !== 'ok').map(({ id, name }) => `${id}: ${seen[name + suffix]}`).join('\n'));
    assert.ok(good >= operations.length / 2, `${good} of ${operations.length} programs get their operation's reply`);
    console.log(`reference, ${suffix}: ${good} of ${operations.length} programs get their operation's reply, the others an error that it documents`);
}

export default {
    'every Node program is taken by the compiler, and runs': place => withMock(place, async url => {
        const operations = await readReference(url), app = await place.app(), files = operations.map(({ name }) => `${name}.mts`);
        const dir = join(place.dir, 'reference');
        await place.must('sh', ['-c', 'mkdir -p node_modules && rm -rf node_modules/duvo-mock && cp -r "$0/node_modules/duvo-mock" node_modules', app], place.dir);
        for (const { name, node } of operations)
            place.write(join(dir, `${name}.mts`), node);
        const compilerOptions = { noEmit: true, strict: true, target: 'es2022', module: 'nodenext', exactOptionalPropertyTypes: true, types: ['node'] };
        place.write(join(dir, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
        const { code, out } = await place.run(join(place.dir, 'node_modules/.bin/tsc'), [], dir);
        assert.equal(code, 0, out);
        for (const { name, node } of operations)
            place.write(join(app, `${name}.mjs`), node);
        const seen = await runAll(place, 'node', [], app, operations.map(({ name }) => `${name}.mjs`), NODE_DRIVER);
        check(operations, seen, '.mjs');
    }),

    'every Python program is taken by the type checker, and runs': place => withMock(place, async url => {
        const operations = await readReference(url), venv = await place.venv(true), dir = place.folder('reference');
        const python = join(venv, 'bin/python');
        for (const { name, python: text } of operations)
            place.write(join(dir, `${name}.py`), text);
        const { code, out } = await place.run(python, ['-m', 'mypy', '--strict', '--cache-dir', '/dev/null',
            '--enable-incomplete-feature=Unpack', '--scripts-are-modules', ...operations.map(({ name }) => `${name}.py`)], dir);
        assert.equal(code, 0, out);
        check(operations, await runAll(place, python, [], dir, operations.map(({ name }) => `${name}.py`), PYTHON_DRIVER), '.py');
    }),
};
