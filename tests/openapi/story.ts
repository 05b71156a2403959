// What a team does with a client that is generated from the mock's own contract, in both versions. It is compiled as
// strictly as TypeScript can, and run. Usage: node story.js ORIGIN

import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { paths as PathsV1 } from './v1.js';
import type { paths as PathsV2 } from './v2.js';

/** The address that a document names, which is all that a client has to be told. */
async function addressOf(document: string): Promise<string> {
    const { servers } = await (await fetch(document)).json() as { servers: [{ url: string }] };
    return servers[0].url;
}

const [, , origin = ''] = process.argv;
const headers = { authorization: 'Bearer dv_test_owner' };
const v1 = createClient<PathsV1>({ baseUrl: await addressOf(`${origin}/v1/documentation/json`), headers });
const v2 = createClient<PathsV2>({ baseUrl: await addressOf(`${origin}/v2/documentation/json`), headers });

async function version1(): Promise<void> {
    const { data: made, response } = await v1.POST('/v1/connections', {
        body: { name: 'Generated', provider: 'user', auth_method: 'headers', headers: { secret: { 'X-Key': 'k' } } },
    });
    assert.equal(response.status, 201);
    assert.ok(made);
    const path = { connection_id: made.id };
    const { data: list } = await v1.GET('/v1/connections', { params: { query: { limit: 1 } } });
    assert.deepEqual(list?.connections?.map(one => one.id), [made.id]);
    const { data: changed } = await v1.PATCH('/v1/connections/{connection_id}', { params: { path }, body: { name: 'B' } });
    assert.equal(changed?.name, 'B');
    const { error } = await v1.PATCH('/v1/connections/{connection_id}', { params: { path }, body: { name: '' } });
    assert.ok(error);
    assert.match(error.message ?? '', /^body\/name Too small/);
    const { data: gone } = await v1.DELETE('/v1/connections/{connection_id}', { params: { path } });
    assert.equal(gone?.success, true);
}

async function version2(): Promise<void> {
    const { data: who } = await v2.GET('/v2/profile');
    const teamId = who?.profile.teamId;
    assert.ok(teamId);
    const { data: made } = await v2.POST('/v2/teams/{teamId}/connections', {
        params: { path: { teamId } }, body: { name: 'Generated', provider: 'user', auth_method: 'url' },
    });
    assert.ok(made);
    const { data: list } = await v2.GET('/v2/teams/{teamId}/connections', { params: { path: { teamId }, query: { limit: 1 } } });
    assert.ok(list);
    const ids: string[] = list.integrations.map(one => one.id); // the array is always there
    assert.deepEqual(ids, [made.id]);
    const path = { connection_id: made.id };
    assert.equal((await v2.DELETE('/v2/connections/{connection_id}', { params: { path } })).response.status, 200);
    const { error, response } = await v2.GET('/v2/connections/{connection_id}', { params: { path } });
    assert.equal(response.status, 404);
    assert.equal(error?.error, 'Not Found');
}

await version1();
await version2();
console.log('done');
