// The Python package, installed from its wheel in a fresh virtual environment, offline.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const STORY = 'tests/e2e/examples/test_story.py';

/** A script with the installed package; what it prints as JSON. */
async function script(place, body, env) {
    const venv = await place.venv();
    const file = place.write(join(venv, 'script.py'), `import json\nimport duvo_mock\n${body}`);
    return JSON.parse(await place.must(join(venv, 'bin/python'), [file], venv, env));
}

async function pytest(place, ...args) {
    const venv = await place.venv(true), dir = place.folder('story');
    cpSync(STORY, join(dir, 'test_story.py'));
    const { code, out, err } = await place.run(join(venv, 'bin/python'), ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', ...args], dir);
    assert.equal(code, 0, out + err);
    assert.match(out, /^10 passed/m);
}

async function mypy(place, file) {
    const venv = await place.venv(true);
    // Debian 12's does not know the types of keyword arguments without being asked to.
    const { code, out } = await place.run(join(venv, 'bin/python'), ['-m', 'mypy', '--strict', '--cache-dir', '/dev/null',
        '--enable-incomplete-feature=Unpack', join(process.cwd(), 'tests/packages/consumer', file)], venv);
    return { code, lines: out.split('\n').flatMap(line => /^\S+:(\d+): error:/.exec(line)?.[1] ?? []).map(Number), out };
}

/** The members of a wheel: name, mode and bytes. */
async function membersOf(place) {
    const list = `import base64, json, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
assert wheel.testzip() is None
print(json.dumps([[one.filename, one.external_attr >> 16, base64.b64encode(wheel.read(one)).decode()] for one in wheel.infolist()]))`;
    const members = JSON.parse(await place.must(place.python, ['-c', list, place.wheel()], place.root));
    return members.map(([name, mode, data]) => ({ name, mode, data: Buffer.from(data, 'base64') }));
}

export default {
    'from nothing to a first verified test in less than a minute': async place => {
        const began = performance.now();
        const venv = await place.venv(true), dir = place.folder('first');
        place.write(join(dir, 'test_first.py'), `
from urllib.request import Request, urlopen

def test_calls(duvo_space):
    urlopen(Request(duvo_space.url + "/v1/connections", headers={"authorization": "Bearer " + duvo_space.key})).read()
    duvo_space.verify(match={"operation": "listConnections", "status": 200}, count=1)
`);
        assert.match(await place.must(join(venv, 'bin/python'), ['-m', 'pytest', '-q'], dir), /^1 passed/m);
        const seconds = (performance.now() - began) / 1000;
        console.log(`from nothing to a first verified test: ${seconds.toFixed(1)} s (pip)`);
        assert.ok(seconds < 60, `${seconds} s`);
    },

    'duvo-mock on the PATH': async place => {
        const venv = await place.venv();
        assert.equal(await place.must(join(venv, 'bin/duvo-mock'), ['version'], venv), `duvo-mock ${place.version}\n`);
        assert.equal(await place.must(join(venv, 'bin/python'), ['-m', 'duvo_mock', 'version'], venv), `duvo-mock ${place.version}\n`);
        const { code, err } = await place.run(join(venv, 'bin/duvo-mock'), ['--prot', '1'], venv);
        assert.deepEqual([code, /--prot/.test(err)], [2, true]);
    },

    'the story': place => pytest(place),
    'the story, side by side': place => pytest(place, '-n', '3'),

    'types, strictly': async place => {
        const good = await mypy(place, 'plain.py');
        assert.equal(good.code, 0, good.out);
        const wrong = await mypy(place, 'wrong.py');
        const expected = readFileSync('tests/packages/consumer/wrong.py', 'utf8').split('\n')
            .flatMap((line, i) => (line.endsWith('# refused') ? [i + 1] : []));
        assert.deepEqual([...new Set(wrong.lines)], expected, wrong.out);
    },

    'a suite that is killed leaves no server': async place => {
        const venv = await place.venv();
        const file = place.write(join(venv, 'killed.py'),
            'import time, duvo_mock\nmock = duvo_mock.start()\nprint(mock.pid, flush=True)\ntime.sleep(60)\n');
        await place.killed(join(venv, 'bin/python'), [file], venv);
    },

    'a suite that forgets to stop it ends all the same': async place => {
        const pid = await script(place, 'print(duvo_mock.start().pid)');
        await place.must('sh', ['-c', `! kill -0 ${pid} 2>/dev/null`], place.root);
    },

    'every option is taken, unknown ones are refused by name': async place => {
        const venv = await place.venv();
        const { options } = JSON.parse(await place.must(join(venv, 'bin/duvo-mock'), ['describe', '--names'], venv));
        const { taken, typed, refused } = await script(place, `
from duvo_mock._calls import OPTIONS, ServerOptions
refused = []
for option in ({"prot": 1}, {"rateLimit": 60}, {"colour": "red"}, {"strict": "yes"}):
    try:
        duvo_mock.start(**option)
    except TypeError as error:
        refused.append(str(error))
print(json.dumps({"taken": list(OPTIONS.values()), "typed": len(ServerOptions.__annotations__), "refused": refused}))`);
        assert.deepEqual(taken, options.map(({ flag, kind }) => [`--${flag}`, kind]));
        assert.equal(typed, options.length);
        assert.equal(refused[0], 'start() has no option \'prot\'; did you mean \'port\'?');
        assert.equal(refused[1], 'start() has no option \'rateLimit\'; did you mean \'rate_limit\'?');
        assert.match(refused[2], /^start\(\) has no option 'colour'; /);
        assert.equal(refused[3], 'start(): strict is True or False');
    },

    'options, https, fixtures and refusals': async place => {
        const seen = await script(place, `
out = {}
with duvo_mock.start(strict=True, rate_limit=7, tls="auto", admin_token="abc",
                     fixtures=["empty", {"teams": [{"id": "6f1d2c3b-2222-4aaa-8bbb-00000000000f", "name": "Ours"}]}]) as mock:
    settings = mock.settings.get()
    out["settings"] = [settings["strict"], settings["rate_limit"]]
    out["teams"] = [team["name"] for team in mock.fixtures()["teams"]]
    attached = duvo_mock.attach(mock.url, admin_token="abc")
    out["same"] = attached.ca == mock.ca
    with mock.space() as space:
        out["url"] = space.url
        try:
            space.fault(match={"opration": "createConnection"}, action={"status": 503})
        except duvo_mock.MockError as error:
            out["error"] = [error.status, str(error)]
        space.drop()
try:
    duvo_mock.start(fixtures={"teams": 3})
except RuntimeError as error:
    out["why"] = str(error)
print(json.dumps(out))`);
        assert.deepEqual(seen.settings, [true, 7]);
        assert.ok(seen.teams.includes('Ours'));
        assert.equal(seen.same, true);
        assert.match(seen.url, /^https:/);
        assert.deepEqual(seen.error, [400, 'orderFault: 400 body/match/opration Unrecognized key: did you mean "operation"?']);
        assert.match(seen.why, /^start\(\): the server did not start: duvo-mock: .*teams Invalid input: expected array/);
    },

    'operations by their ids': async place => {
        const seen = await script(place, `
out, lost = {}, []
with duvo_mock.start(admin_token="abc") as mock, mock.space() as space:
    new = {"provider": "user", "auth_method": "url"}
    made = space.call("createConnectionV1", body={"name": "x", **new})
    out["got"] = space.call("getConnectionV1", connection_id=made["id"])["name"]
    out["list"] = len(space.call("listConnectionsV1", limit=1, type="custom_mcp")["connections"])
    out["page"] = mock.call("readDocumentation").startswith("<!doctype html>")
    flow = space.call("startNativeOAuthV1", provider="gmail", body={"return_url": "http://localhost/back"})["authorization_url"]
    space.settings.change(consent="auto")
    out["redirect"] = "code=" in space.call("authorize", provider="gmail", **dict(parse_qsl(urlsplit(flow).query)))
    for args in ({"operation": "listConections"}, {"operation": "getConnectionV1", "conection_id": "x"}, {"operation": "getConnectionV1"},
                 {"operation": "getConnectionV1", "connection_id": space.name}, {"operation": "getProfileV1", "key": "nobody"},
                 {"operation": "mcpToken", "preset": "oauth", "body": {"grant_type": "x"}}):
        try:
            space.call(args.pop("operation"), **args)
        except (TypeError, duvo_mock.MockError) as error:
            lost.append(str(error))
    space.fault(match={"operation": "getProfile"}, action={"reset": True}, times=1)
    try:
        space.call("getProfileV1")
    except OSError as error:
        out["reset"] = type(error).__name__
    once = [space.call("createConnectionV1", body={"name": "y", **new}, headers={"idempotency-key": "7"})["id"] for _ in range(2)]
    out["once"] = once[0] == once[1]
    for event in space.call("watchSpace", since=1):
        out["event"] = [event["event"], type(event["data"]).__name__]
        break
print(json.dumps({**out, "lost": lost}))`.replace('\n', '\nfrom urllib.parse import parse_qsl, urlsplit\n'));
        assert.deepEqual({ ...seen, lost: undefined }, { got: 'x', list: 1, page: true, redirect: true, reset: 'ConnectionResetError', once: true,
            event: ['resync', 'dict'], lost: undefined });
        assert.deepEqual(seen.lost.map(text => text.replace(/'error_desc.*/, '…')), [
            'call has no operation \'listConections\'; did you mean \'listConnections\'?',
            'getConnectionV1 has no parameter \'conection_id\'; did you mean \'connection_id\'?',
            'a parameter of a path is a text that is not empty, not None',
            'getConnectionV1: 400 params/connection_id Invalid GUID',
            'getProfileV1: 401 Invalid API key',
            'mcpToken: 401 {\'error\': \'invalid_client\', …',
        ]);
    },

    'without a binary, one sentence': async place => {
        const venv = await place.venv();
        const { code, err } = await place.run(join(venv, 'bin/duvo-mock'), [], venv, { DUVO_MOCK_BINARY: '/nowhere' });
        assert.deepEqual([code, err.trim().split('\n').length], [1, 1]);
        assert.match(err, /^duvo-mock: duvo-mock has no binary for linux-\w+: run the image, `docker run .* duvo-mock`, and use duvo_mock.attach/);
    },

    'the wheel by the book': async place => {
        const members = await membersOf(place), name = basename(place.wheel(), '.whl');
        const info = `duvo_mock-${place.version}.dist-info`;
        const text = file => members.find(one => one.name === `${info}/${file}`).data.toString();
        const hash = data => createHash('sha256').update(data).digest('base64url');
        const record = members.map(one => (one.name === `${info}/RECORD` ? `${one.name},,` : `${one.name},sha256=${hash(one.data)},${one.data.length}`));
        assert.equal(text('RECORD'), `${record.join('\n')}\n`);
        for (const { name: member, mode } of members)
            assert.equal(mode, member === 'duvo_mock/bin/duvo-mock' ? 0o100755 : 0o100644, member);
        const [, python, abi, platforms] = /^duvo_mock-[^-]+-([^-]+)-([^-]+)-(.+)$/.exec(name);
        const tags = [...text('WHEEL').matchAll(/^Tag: (.*)$/gm)].map(([, tag]) => tag);
        assert.deepEqual(tags, platforms.split('.').map(one => `${python}-${abi}-${one}`));
        assert.match(text('METADATA'), new RegExp(`^Name: duvo-mock\nVersion: ${place.version}$`, 'm'));
        // What asks for a loader and libraries may not say that it runs everywhere.
        const program = members.find(one => one.name === 'duvo_mock/bin/duvo-mock').data;
        const isDynamic = program.includes('/lib64/ld-linux') || program.includes('/lib/ld-');
        assert.equal(/manylinux|musllinux/.test(platforms), !isDynamic, platforms);
        if (isDynamic || process.getuid() !== 0)
            return;
        const root = place.folder('empty-root');
        place.write(join(root, 'duvo-mock'), program);
        chmodSync(join(root, 'duvo-mock'), 0o755);
        assert.equal(await place.must('chroot', [root, '/duvo-mock', 'version'], place.root), `duvo-mock ${place.version}\n`);
    },
};
