// The cases of runs, each paired in turn with the same of connections: a start with a create, and pages of a list with pages
// of theirs.

import { newConnection } from './cases.mjs';
import { RUNNER, TEAM, writeFixtures, writeRuns } from './fixtures.mjs';
import { KEY, ask, check, startServer, withServer } from './servers.mjs';
import { CONNECTIONS, complaint, ratio, rounds } from './wrk.mjs';

const ROWS = 1000, PAGE = 100;
const RUNS_PATH = `/v2/teams/${TEAM}/runs`, CONNECTIONS_PATH = `/v2/teams/${TEAM}/connections`, CREATE_PATH = '/v1/connections';

/** Runs the two in turn; how many times the time of the other one's requests the first one's take. */
async function inTurn(env, name, targets) {
    const measured = await rounds(targets, env.rounds);
    for (const [who, m] of Object.entries(measured)) {
        if (m.errors || m.wrong)
            env.fail(`${name}, ${who}: ${complaint(m)}`);
    }
    const [first, other] = Object.values(measured);
    return { ...measured, times: ratio(other, first).ratio };
}

const totalOf = async (server, path) => (await ask(`${server.url}${path}?limit=1`)).json.total;

/** Starts of runs, none of which goes on; every 2xx that the load generator saw must be a run afterwards. */
function starts(env) {
    return withServer(startServer(env, []), async server => {
        await ask(`${server.url}/_mock/clock`, { method: 'PUT', body: { action: 'freeze' } });
        const start = { agent_id: RUNNER }, connection = newConnection('bench 0000-00-000000000');
        const post = (path, body) => ask(server.url + path, { method: 'POST', body, want: 201 });
        const started = await post(RUNS_PATH, start), created = await post(CREATE_PATH, connection);
        const before = await totalOf(server, RUNS_PATH);
        const result = await inTurn(env, 'starts of runs', {
            start: { url: server.url + RUNS_PATH, key: KEY, size: started.bytes.length, kind: 'post',
                of: { path: RUNS_PATH, body: JSON.stringify(start) } },
            create: { url: server.url + CREATE_PATH, key: KEY, size: created.bytes.length, kind: 'create' },
        });
        const added = await totalOf(server, RUNS_PATH) - before, { requests, runs } = result.start;
        check(added >= requests && added <= requests + runs * CONNECTIONS, `${requests} times 201, but ${added} runs more`);
        return result;
    });
}

/** A page at each offset; the replies that are kept have room for one page in ten. */
async function walk(server, path, member) {
    const format = `${path}?limit=${PAGE}&offset=%d`, count = ROWS - PAGE, url = server.url + format.replace('%d', '0');
    const { json, bytes } = await ask(url);
    check(json[member].length === PAGE && json.total >= ROWS, `${json[member].length} of ${json.total} ${member}`);
    return { url, key: KEY, size: bytes.length, kind: 'walk', of: { format, from: 0, count } };
}

function pages(env) {
    const rows = `${env.scratch}/runs-connections.json`, runs = `${env.scratch}/runs.json`;
    writeFixtures(rows, ROWS);
    writeRuns(runs, ROWS);
    const flags = ['--fixtures', 'default', '--fixtures', rows, '--fixtures', runs];
    return withServer(startServer(env, flags), async server => inTurn(env, 'pages of runs', {
        runs: await walk(server, RUNS_PATH, 'data'),
        connections: await walk(server, CONNECTIONS_PATH, 'integrations'),
    }));
}

export async function runs(env) {
    return { starts: await starts(env), pages: await pages(env) };
}
