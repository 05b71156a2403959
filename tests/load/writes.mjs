// The cases that write, that mix writes with reads, and that speak TLS.

import { ONE, dataset, measure, newConnection } from './cases.mjs';
import { connectionId, connectionName } from './fixtures.mjs';
import { run } from './process.mjs';
import { KEY, ask, check, startServer, withServer } from './servers.mjs';
import { CONNECTIONS } from './wrk.mjs';

const ROWS = 100_000;       // more than any run deletes
const PATCHED = 'Bench connection renamed 000000000';
const numbered = kind => ({ kind, of: { format: ONE, from: 0, count: ROWS } });

/** Inserts; every 2xx that the load generator saw must be a row afterwards. */
function creates(env, name, flags) {
    const path = '/v1/connections';
    return withServer(startServer(env, flags), async server => {
        const body = newConnection('bench 0000-00-000000000');          // as long a name as wrk.lua makes
        const answer = await ask(server.url + path, { method: 'POST', body, want: 201 });
        const total = async () => (await ask(`${server.url}${path}?limit=1`)).json.total;
        const before = await total();
        const result = await measure(env, name, server, path, answer, { kind: { kind: 'create' } });
        const added = await total() - before, { requests, runs } = result.ours;
        check(added >= requests && added <= requests + runs * CONNECTIONS,
            `${requests} times 201, but ${added} rows more`);
        return { ...result, rows_added: added };
    });
}

export async function create(env) {
    return [await creates(env, 'create in memory', []), await creates(env, 'create', ['--db', `${env.scratch}/create.db`])];
}

const totalOf = async server => (await ask(`${server.url}/v1/connections?limit=1`)).json.total;

/** Changes and deletions of each another row; before each run of deletions all rows are there again. */
export function changes(env) {
    return withServer(startServer(env, dataset(env, ROWS)), async server => {
        const reset = () => ask(`${server.url}/_mock/reset`, { method: 'POST' });
        const path = `/v1/connections/${connectionId(ROWS / 2)}`, all = await totalOf(server);
        const changed = await ask(server.url + path, { method: 'PATCH', body: { name: PATCHED } });
        const patched = await measure(env, 'patch, each another', server, path, changed, { kind: numbered('patch') });
        await reset();
        const { json: { name } } = await ask(server.url + path);
        check(name === connectionName(ROWS / 2), `${path} is ${name} after a reset`);

        const gone = await ask(server.url + path, { method: 'DELETE' });
        const plan = { ...env.shortRounds, seconds: 1 };
        const deleted = await measure(env, 'delete, each another', server, path, gone,
            { kind: numbered('delete'), before: reset, plan });
        const left = await totalOf(server);
        check(left < all - 100, `${left} rows of ${all} are left`);
        return [patched, deleted];
    });
}

/** Nine reads to one write, of which the latency that one in a hundred exceeds is what counts. */
export function mixed(env) {
    return withServer(startServer(env, dataset(env, ROWS)), async server => {
        const path = `/v1/connections/${connectionId(ROWS / 2)}`;
        const answer = await ask(server.url + path);
        return measure(env, 'nine gets to a patch', server, path, answer, { kind: numbered('mixed') });
    });
}

/** An answer over TLS, from a server that this certificate stands for. */
async function askTls(url, cert) {
    const out = await run(['curl', '-sf', '--cacert', cert, '-H', `Authorization: Bearer ${KEY}`, url], { seconds: 20 });
    return { status: 200, bytes: Buffer.from(out), json: JSON.parse(out) };
}

/** One connection over TLS; bare has the same certificate. */
export async function tls(env) {
    const cert = `${env.scratch}/cert.pem`, key = `${env.scratch}/key.pem`;
    await run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
        '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', cert],
    { seconds: 20, log: `${env.scratch}/openssl.log` });
    const flags = ['--tls-cert', cert, '--tls-key', key];
    return withServer(startServer(env, flags), async server => {
        const { json: { connections: [{ id }] } } = await askTls(`${server.url}/v1/connections?limit=1`, cert);
        const path = `/v1/connections/${id}`;
        return measure(env, 'get one over TLS', server, path, await askTls(server.url + path, cert), { flags });
    });
}
