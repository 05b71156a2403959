// What must be so of the image: name -> async engine => …, which throws when it is not.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { must } from './command.mjs';
import { VERSION } from './recipe.mjs';

const LARGEST_MB = 8;
const KEY = 'dv_test_owner';

/** One call as Olivia: the JSON of the answer. */
async function call(url, body, status = 200) {
    const reply = await fetch(url, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${KEY}`, ...body && { 'content-type': 'application/json' } },
        body: body && JSON.stringify(body),
    });
    const text = await reply.text();
    assert.equal(reply.status, status, `${url}: ${text}`);
    return JSON.parse(text);
}

const create = (mock, name, status) => call(`${mock.origin}/v1/connections`,
    { name, provider: 'user', auth_method: 'url' }, status);

async function names(mock) {
    return (await call(`${mock.origin}/v1/connections?limit=100`)).connections.map(one => one.name);
}

async function stopsWell(mock) {
    const { code, ms } = await mock.signal('TERM');
    assert.equal(code, 0, await mock.log());
    assert.ok(ms < 2000, `took ${ms} ms to stop`);
}

/** The lines of `tar -tv`. */
async function files(engine) {
    return (await engine.list()).trimEnd().split('\n').map(line => {
        const [mode, owner, size, , , ...rest] = line.split(/\s+/);
        return { mode, owner, size: Number(size), path: rest[0].replace(/^(\.\/|\/)?/, '/').replace(/(.)\/$/, '$1') };
    });
}

/* What an engine puts into every container that it exports. */
const OF_ENGINE = /^\/(\.dockerenv|dev(\/.*)?|proc|sys|etc\/(hostname|hosts|mtab|resolv\.conf))$/;
const FOLDERS = /^\/(data|etc(\/ssl(\/certs)?)?)?$/;
const FILES = /^\/(duvo-mock|etc\/ssl\/certs\/ca-certificates\.crt)$/;

export const checks = {
    async 'configuration'(engine) {
        const image = await engine.config();
        assert.equal(image.user, '65532:65532');
        assert.deepEqual(image.entrypoint, ['/duvo-mock']);
        assert.deepEqual(image.ports, ['8787/tcp']);
        assert.deepEqual(image.health, ['CMD', '/duvo-mock', 'healthcheck']);
        assert.deepEqual(image.env.sort(), ['DUVO_MOCK_HOST=0.0.0.0', 'PATH=/']);
        assert.deepEqual(image.volumes, []);
        assert.equal(image.labels['org.opencontainers.image.title'], 'duvo-mock');
        assert.equal(image.labels['org.opencontainers.image.version'], VERSION);
        assert.equal((await engine.once(['version'])).out, `duvo-mock ${VERSION}\n`);
    },

    async 'two files, no shell, small'(engine) {
        const all = (await files(engine)).filter(file => !OF_ENGINE.test(file.path));
        const surplus = all.filter(({ mode, path }) => !(mode[0] === 'd' ? FOLDERS : FILES).test(path));
        assert.deepEqual(surplus.map(file => file.path), []);
        assert.ok(all.some(file => file.path === '/duvo-mock'));
        for (const { mode, owner, path } of all) {
            assert.equal(owner, path === '/data' ? '65532/65532' : '0/0', path);
            assert.match(mode, /^[-d]rw[-x]r-[-x]r-[-x]$|^dr-xr-xr-x$/, path);
        }
        const mb = all.reduce((sum, file) => sum + file.size, 0) / 1e6;
        console.log(`${mb.toFixed(1)} MB unpacked, ${all.filter(file => file.mode[0] === '-').length} files`);
        assert.ok(mb < LARGEST_MB, `more than ${LARGEST_MB} MB`);
    },

    async 'reached from outside, healthy, unprivileged, ends well'(engine) {
        const mock = await engine.start({ name: 'mock' });
        await mock.healthy();
        assert.deepEqual(await mock.process(), { uid: 65532, capabilities: '0000000000000000' });
        const before = await names(mock);
        assert.equal((await create(mock, 'Tools', 201)).name, 'Tools');
        assert.deepEqual((await names(mock)).sort(), [...before, 'Tools'].sort());
        assert.notEqual((await mock.exec('/bin/sh', '-c', 'true')).code, 0);
        await stopsWell(mock);
    },

    async 'the health check sees what is wrong'(engine) {
        const mock = await engine.start({ name: 'mock' });
        assert.deepEqual(await mock.exec('/duvo-mock', 'healthcheck'), { code: 0, out: '', err: '' });
        const { code, err } = await mock.exec('/duvo-mock', 'healthcheck', '--port', '9999');
        assert.equal(code, 1);
        assert.match(err, /not healthy: cannot connect: Connection refused/);
        await stopsWell(mock);
    },

    async 'OAuth'(engine) {
        const mock = await engine.start({ name: 'mock' });
        const start = await call(`${mock.origin}/v1/connections/oauth/native/gmail/start`, { return_url: '/done' });
        assert.equal(new URL(start.authorization_url).origin, mock.origin);
        let reply = await fetch(start.authorization_url, { redirect: 'manual' });
        reply = await fetch(reply.headers.get('location'), { redirect: 'manual' });
        const end = new URL(reply.headers.get('location'), mock.origin);
        assert.equal(end.origin + end.pathname, `${mock.origin}/done`);
        const made = await call(`${mock.origin}/v1/connections/${end.searchParams.get('connection_id')}`);
        assert.equal(made.has_oauth_tokens, true);
        await stopsWell(mock);
    },

    async 'addresses inside and outside differ'(engine) {
        const mock = await engine.start({ name: 'mock', env: { DUVO_MOCK_PUBLIC_URL: 'http://mock:8787' } });
        const start = await call(`${mock.origin}/v1/connections/oauth/native/gmail/start`, { return_url: '/done' });
        assert.equal(new URL(start.authorization_url).origin, 'http://mock:8787');
        const { redirect_url } = await call(`${mock.origin}/_mock/oauth/complete`,
            { authorization_url: start.authorization_url });
        assert.match(redirect_url, /^http:\/\/mock:8787\/done\?status=success&/);
        await stopsWell(mock);
    },

    async 'other containers are called by their names'(engine) {
        const upstream = await engine.start({ name: 'upstream' });
        const mock = await engine.start({ name: 'mock' });
        const probe = (host, path) => call(`${mock.origin}/v1/connections/mcp/probe`,
            { server_url: `http://${host}:8787/_mock/mcp/${path}` });
        const { success, tools, error } = await probe('upstream', 'legacy');
        assert.equal(success, true, `${error}\n${await mock.log()}`);
        assert.ok(tools.some(tool => tool.name === 'echo'));
        const seen = await call(`${upstream.origin}/_mock/requests?path=/_mock/mcp/legacy`);
        assert.ok(seen.requests.length > 0, 'the other server was not asked');
        const check = await call(`${mock.origin}/v1/connections/oauth/mcp/check`,
            { mcp_server_url: 'http://upstream:8787/_mock/mcp/oauth' });
        assert.equal(check.supports_dcr, true);
        assert.match((await probe('nobody', 'legacy')).error, /nobody/);
        await stopsWell(mock);
        await stopsWell(upstream);
    },

    // The name `outside` is the host that the checks run on.
    async 'https: the CA certificates decide'(engine) {
        const key = join(engine.dir, 'key.pem'), cert = join(engine.dir, 'cert.pem');
        await must('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert,
            '-subj', '/CN=outside', '-addext', 'subjectAltName=DNS:outside']);
        let asked = 0;
        const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (rq, rs) => {
            asked++;
            rs.writeHead(418).end();
        }).listen(0);
        await once(server, 'listening');
        const probe = mock => call(`${mock.origin}/v1/connections/mcp/probe`,
            { server_url: `https://outside:${server.address().port}/mcp` });
        try {
            let mock = await engine.start({ name: 'mock' });
            assert.match((await probe(mock)).error, /certificate/i);
            assert.equal(asked, 0);
            await stopsWell(mock);
            mock = await engine.start({ name: 'mock', mounts: [[cert, '/etc/ssl/certs/ca-certificates.crt']] });
            assert.match((await probe(mock)).error, /418/);
            assert.ok(asked > 0);
            await stopsWell(mock);
        } finally {
            server.closeAllConnections();
            server.close();
        }
    },

    // What compose would do: the variables, the wait for the health, the client's command, which knows the mock by name.
    async 'the client of compose.yaml'(engine) {
        const { parse } = createRequire(resolve('build/npm/examples/package.json'))('yaml');
        const { mock: service, client } = parse(readFileSync('docker/compose.yaml', 'utf8')).services;
        const env = Object.fromEntries(Object.entries(service.environment)
            .map(([name, value]) => [name, value.replace(/^\$\{\w+:-(.*)\}$/, '$1')]));
        const mock = await engine.start({ name: 'mock', env });
        await mock.healthy();
        const [folder, at] = client.volumes[0].split(':');
        const command = client.command.map(word => word.replace(at, resolve('docker', folder)));
        assert.deepEqual(client.environment, { DUVO_MOCK: 'http://mock:8787' });
        const { code, out, err } = await engine.outside(command[0], command.slice(1), client.environment);
        assert.equal(code, 0, out + err);
        assert.match(out, /^# pass 3$/m);
        await stopsWell(mock);
        assert.match(await mock.log(), / POST \/_mock\/spaces 201 /, 'the suite has used another server');
    },

    async 'variables are options'(engine) {
        const env = { DUVO_MOCK_RATE_LIMIT: '7', DUVO_MOCK_FIXTURES: 'demo', DUVO_MOCK_LOG: 'json' };
        const mock = await engine.start({ name: 'mock', env });
        const reply = await fetch(`${mock.origin}/v1/connections`, { headers: { authorization: `Bearer ${KEY}` } });
        assert.equal(reply.headers.get('x-ratelimit-limit'), '7');
        await stopsWell(mock);
        assert.match(await mock.log(), /^\{.*"url":"\/v1\/connections"/m);
        const wrong = await engine.once([], { env: { DUVO_MOCK_RATE_LIMIT: 'lots' } });
        assert.equal(wrong.code, 2);
        assert.match(wrong.err, /^duvo-mock: .*DUVO_MOCK_RATE_LIMIT.*\n$/);
    },

    async 'arguments are options and commands'(engine) {
        const mock = await engine.start({ name: 'mock', args: ['--strict'] });
        const unknown = { name: 'A', provider: 'user', auth_method: 'url', colour: 'red' };
        await call(`${mock.origin}/v1/connections`, unknown, 400);
        await stopsWell(mock);
        assert.equal((await engine.once(['validate', 'default'])).out, 'valid\n');
        assert.match(JSON.parse((await engine.once(['describe'])).out).openapi, /^3\./);
    },

    async 'mounted fixtures'(engine) {
        const dir = join(engine.dir, 'fixtures.d');
        mkdirSync(dir);
        writeFileSync(join(dir, 'more.json'), JSON.stringify({ connections: [{
            id: '6f1d2c3b-4444-4aaa-8bbb-0000000000ff', name: 'From a file', type: 'gmail', provider: 'native',
            team_id: '6f1d2c3b-2222-4aaa-8bbb-000000000002', auth_method: 'native',
        }] }));
        const env = { DUVO_MOCK_FIXTURES: 'default,/etc/duvo-mock/fixtures.d' };
        const mock = await engine.start({ name: 'mock', env, mounts: [[dir, '/etc/duvo-mock/fixtures.d']] });
        const all = await names(mock);
        assert.ok(all.includes('From a file') && all.length > 1, all.join());
        await stopsWell(mock);
    },

    async 'a database on a volume outlives the container'(engine) {
        const what = { name: 'mock', volume: 'state', env: { DUVO_MOCK_DB: '/data/state.db' } };
        let mock = await engine.start(what);
        await create(mock, 'Kept', 201);
        await stopsWell(mock);
        await mock.remove();
        mock = await engine.start(what);
        assert.ok((await names(mock)).includes('Kept'));
        await create(mock, 'Kept too', 201);
        await mock.signal('KILL');
        await mock.remove();
        mock = await engine.start(what);
        const all = await names(mock);
        assert.ok(all.includes('Kept') && all.includes('Kept too'));
        await stopsWell(mock);
    },

    async 'a database where nothing can be written'(engine) {
        const { code, err } = await engine.once([], { env: { DUVO_MOCK_DB: '/data/state.db' } });
        assert.equal(code, 1);
        assert.match(err, /^duvo-mock: .*\/data\/state\.db.*\n$/);
    },
};
