// What clients do with a server, family by family: each visit makes something, uses it, and takes it away again. The
// server is to run with --consent auto.

import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { request } from './http.mjs';

const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002';
const LABS = '6f1d2c3b-2222-4aaa-8bbb-000000000004';
const OWNER = '6f1d2c3b-1111-4aaa-8bbb-000000000001';
const AGENT = '6f1d2c3b-5555-4aaa-8bbb-000000000002';
const BUILD = '6f1d2c3b-6666-4aaa-8bbb-000000000003';
const CONFIG = { version: 'v2', data: { models: { agent: { model: 'claude-sonnet-5' }, browsing: { provider: 'google', model: 'gemini-2.5-pro' } }, input: 'I' } };

/** A visit cannot go on, and need not: of a server whose replies may fail. */
export class Failed extends Error {}

/** Who makes the calls. Strict: every status has to be the one that is wanted; else a visit ends with Failed. */
export class Visitor {
    constructor(origin, { space = 'default', strict = true, timeout = 20000, headers = {} } = {}) {
        Object.assign(this, { origin, space, strict, timeout, always: headers, calls: 0, late: 0, statuses: new Map(), made: new Set(), changed: new Set() });
    }

    /** The reply; { status: 0 } when none came. */
    async call(method, path, { json, form, headers = {}, as = 'dv_test_owner' } = {}) {
        const body = form ? `${new URLSearchParams(form)}` : json && JSON.stringify(json);
        const type = form ? 'application/x-www-form-urlencoded' : json && 'application/json';
        const reply = await request(this.origin, method, path, { body, timeout: this.timeout,
            headers: { ...this.always, 'x-mock-space': this.space, ...as && { authorization: `Bearer ${as}` }, ...type && { 'content-type': type }, ...headers },
        }).catch(error => ({ cut: true, code: error.message }));
        const status = reply.cut ? 0 : reply.status;
        this.calls++;
        this.late += /^no reply/.test(reply.code);
        this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
        return { ...reply, status };
    }

    /** The object in the reply of that status. */
    async must(status, method, path, options) {
        const reply = await this.call(method, path, options);
        if (this.strict)
            assert.equal(reply.status, status, `${method} ${path}: ${reply.code ?? reply.text}`);
        else if (reply.status !== status)
            throw new Failed(`${method} ${path}: ${reply.status}`);
        return reply.headers?.['content-type']?.startsWith('application/json') ? reply.json() : reply;
    }
}

const pathOf = url => {
    const { pathname, search } = new URL(url, 'http://localhost');
    return pathname + search;
};

/** From a consent page, which decides at once, to where the browser ends. */
async function follow(v, url) {
    const options = { as: null, headers: { accept: 'text/html' } };
    for (let hops = 0; url && new URL(url, v.origin).origin === new URL(v.origin).origin && hops < 5; hops++) {
        const { headers } = await v.must(302, 'GET', pathOf(url), options);
        if (!headers.location || headers.location.includes('/_mock/oauth/result/'))
            return headers.location;
        url = headers.location;
    }
    return url;
}

/** What was made is remembered from its acknowledgement until it is asked to go. */
async function connections(v) {
    const body = { name: 'Made', provider: 'user', auth_method: 'headers', type: 'made', headers: { plaintext: { A: '1' }, secret: { B: '2' } } };
    const { id } = await v.must(201, 'POST', '/v1/connections', { json: body, headers: { 'idempotency-key': randomBytes(8).toString('hex') } });
    v.made.add(id);
    await v.must(200, 'GET', `/v1/connections/${id}`);
    await v.must(200, 'PATCH', `/v2/connections/${id}`, { json: { name: 'Changed' } });
    v.changed.add(id);
    await v.must(200, 'GET', `/v2/connections/${id}/credentials`);
    await v.must(200, 'GET', '/v1/connections?limit=20');
    const other = await v.must(201, 'POST', `/v2/teams/${TEAM}/connections`, { json: body });
    await v.must(200, 'DELETE', `/v1/connections/${other.id}`);
}

async function integrations(v) {
    const name = `Made ${randomBytes(6).toString('hex')}`;
    const { id } = await v.must(201, 'POST', '/v1/integrations/custom',
        { json: { name, auth_method: 'oauth', server_url: 'https://i.example/mcp', oauth_client_id: 'shown', oauth_client_secret: 'hidden' } });
    await v.must(200, 'GET', '/v1/integrations');
    await v.must(200, 'DELETE', `/v2/integrations/custom/${id}`);
}

async function credentials(v) {
    const name = `Made ${randomBytes(6).toString('hex')}`;
    const { id } = await v.must(201, 'POST', '/v1/credentials', { json: { name, values: { USER: 'u', PASSWORD: 'p' } } });
    await v.must(200, 'PATCH', `/v1/credentials/${id}`, { json: { add_values: { REGION: 'r' } } });
    await v.must(200, 'POST', `/_mock/credentials/${id}/secrets/match`, { json: { name: 'USER', value: 'u' } });
    await v.must(200, 'GET', `/v2/teams/${TEAM}/credentials`);
    await v.must(200, 'DELETE', `/v1/credentials/${id}`);
}

async function logins(v) {
    const base = `/v2/teams/${TEAM}/browser-agent/credentials/${OWNER}`;
    const { id } = await v.must(201, 'POST', base, { json: { domain: 'shop.example', password: 'p' } });
    await v.must(200, 'PATCH', `${base}/${id}`, { json: { otp_secret: 'o' } });
    await v.must(200, 'POST', `/_mock/logins/${id}/secrets/match`, { json: { name: 'password', value: 'p' } });
    await v.must(200, 'GET', base);
    await v.must(204, 'DELETE', `${base}/${id}`);
}

async function agents(v) {
    const { agent } = await v.must(201, 'POST', `/v2/teams/${TEAM}/agents`, { json: { name: 'Made', build: { name: 'First', config: CONFIG } } });
    const { build } = await v.must(201, 'POST', `/v2/agents/${agent.id}/revisions`, { json: { name: 'Next', config: CONFIG } });
    await v.must(200, 'POST', `/v2/revisions/${build.id}/promote`, { json: { revision_name: 'R' } });
    const { folder } = await v.must(201, 'POST', '/v1/agent-folders', { json: { name: `Made ${randomBytes(6).toString('hex')}` } });
    await v.must(200, 'POST', `/v1/agent-folders/${folder.id}/agents`, { json: { agent_ids: [agent.id] } });
    await v.must(200, 'GET', `/v2/teams/${TEAM}/agents`);
    await v.must(200, 'GET', `/v1/agents/${agent.id}/revisions`);
    await v.must(200, 'DELETE', `/v2/agents/${agent.id}`);
    await v.must(200, 'DELETE', `/v2/agent-folders/${folder.id}`);
}

async function schedules(v) {
    const path = `/v2/agents/${AGENT}/schedules`;
    const { id } = await v.must(200, 'POST', path, { json: { enabled: false, frequency: 'daily', timezone: 'UTC', time: '00:00' } });
    await v.must(200, 'PATCH', `${path}/${id}`, { json: { time: '12:30' } });
    await v.must(200, 'GET', path);
    await v.must(200, 'DELETE', `${path}/${id}`);
    await v.must(200, 'GET', `/v1/agents/${AGENT}/revisions/${BUILD}/integrations`);
}

/** A queue of cases and a run, which is told more and then stopped; with the queue go its cases. */
async function runs(v) {
    const { queue } = await v.must(201, 'POST', `/v2/teams/${TEAM}/queues`, { json: { name: `Made ${randomBytes(6).toString('hex')}` } });
    await v.must(201, 'POST', `/v2/queues/${queue.id}/cases`, { json: { case: { title: 'Made' } } });
    await v.must(200, 'GET', `/v2/queues/${queue.id}/cases`);
    const { run } = await v.must(201, 'POST', `/v2/teams/${TEAM}/runs`, { json: { agent_id: AGENT, message: 'Made' } });
    await v.must(200, 'GET', `/v2/runs/${run.id}`);
    await v.must(200, 'GET', `/v2/runs/${run.id}/messages`);
    await v.must(200, 'POST', `/v2/runs/${run.id}/stop`);
    await v.must(200, 'GET', `/v2/teams/${TEAM}/runs?limit=20`);
    await v.must(200, 'DELETE', `/v2/queues/${queue.id}`);
}

/** A case trigger, whose run works on a case as a script says, with time; then all of it goes. */
async function cases(v) {
    const { queue } = await v.must(201, 'POST', `/v2/teams/${TEAM}/queues`, { json: { name: `Made ${randomBytes(6).toString('hex')}` } });
    const { agent } = await v.must(201, 'POST', `/v2/teams/${TEAM}/agents`, { json: { name: 'Made', build: { name: 'First', config: CONFIG } } });
    const steps = [{ status: 'running' }, { message: 'M' }, { status: 'completed' }];
    await v.must(201, 'POST', '/_mock/runs/next', { json: { match: { agent_id: agent.id }, steps } });
    await v.must(201, 'POST', `/v2/agents/${agent.id}/case-triggers`, { json: { case_queue_id: queue.id, enabled: true, concurrency: 1 } });
    const made = await v.must(201, 'POST', `/v2/queues/${queue.id}/cases`, { json: { case: { title: 'Made' } } });
    await v.must(200, 'PUT', '/_mock/clock', { json: { action: 'advance', by_seconds: 1 } });
    const worked = await v.must(200, 'GET', `/v2/cases/${made.case.id}`);
    if (v.strict)
        assert.equal(worked.case.status, 'completed', 'the run has worked on the case');
    await v.must(200, 'DELETE', `/v2/queues/${queue.id}`);
    await v.must(200, 'DELETE', `/v2/agents/${agent.id}`);
}

/** A subscription whose events arrive in an inbox of the same server. */
async function webhooks(v) {
    const box = `/_mock/inbox/${randomBytes(6).toString('hex')}`, space = `/_mock/s/${v.space}`;
    const hook = await v.must(201, 'POST', '/_mock/webhooks', { json: { url: v.origin + space + box, events: ['connection.updated'] } });
    const { id } = await v.must(201, 'POST', '/v1/connections', { json: { name: 'Told', provider: 'user', auth_method: 'url' } });
    await v.must(200, 'PATCH', `/v1/connections/${id}`, { json: { name: 'Told again' } });
    const { messages } = await v.must(200, 'GET', `${box}?within_ms=10000&count=2`);
    if (v.strict)
        assert.deepEqual(messages.map(one => [one.body.data.name, one.signed]), [['Told', true], ['Told again', true]]);
    await v.must(200, 'GET', `/_mock/webhooks/deliveries?subscription=${hook.id}`);
    await v.must(200, 'POST', '/_mock/verify', { json: { match: { event: 'connection.updated' }, count: { min: 2 } } });
    await v.must(200, 'DELETE', `/_mock/webhooks/${hook.id}`);
    await v.must(200, 'DELETE', box);
    await v.must(200, 'DELETE', `/v1/connections/${id}`);
}

async function dashboards(v) {
    const { id } = await v.must(201, 'POST', '/v1/connections', { json: { name: 'Made', provider: 'user', auth_method: 'url' } });
    const { artifact_id } = await v.must(201, 'POST', '/v2/artifacts', { json: { message: 'Made', connection_ids: [id] } });
    await v.must(200, 'GET', `/v2/artifacts/${artifact_id}`);
    await v.must(200, 'DELETE', `/v1/connections/${id}`);
    await v.must(200, 'GET', `/v2/artifacts/${artifact_id}/connections`);
    await v.must(200, 'GET', '/v2/artifacts?scope=team');
    await v.must(200, 'DELETE', `/v2/artifacts/${artifact_id}`);
    await v.must(200, 'GET', `/v2/agents/${AGENT}/suggestions`);
}

/** An agent that goes to another team, and back: each of its revisions has integrations. */
async function moves(v) {
    const { agent, build } = await v.must(201, 'POST', `/v2/teams/${TEAM}/agents`, { json: { name: 'Made', build: { name: 'First', config: CONFIG } } });
    const { integrations } = await v.must(200, 'GET', '/v1/integrations?type=gmail');
    await v.must(201, 'POST', `/v2/agents/${agent.id}/revisions/${build.id}/integrations`, { json: { integration_ids: [integrations[0].id] } });
    const [{ organization }] = (await v.must(200, 'GET', '/v2/organizations/mine')).memberships;
    await v.must(200, 'GET', `/v2/organizations/${organization.id}/teams`);
    await v.must(200, 'POST', `/v2/agents/${agent.id}/move?dry_run=true`, { json: { target_team_id: LABS } });
    await v.must(200, 'POST', `/v2/agents/${agent.id}/move`, { json: { target_team_id: LABS } });
    await v.must(200, 'POST', `/v2/agents/${agent.id}/move`, { json: { target_team_id: TEAM } });
    await v.must(200, 'DELETE', `/v2/agents/${agent.id}`);
}

async function nativeOauth(v) {
    const { authorization_url } = await v.must(200, 'POST', '/v1/connections/oauth/native/google/start', { json: {} });
    await follow(v, authorization_url);
}

async function composio(v) {
    const { redirect_url, connected_account_id } = await v.must(200, 'POST', '/v1/connections/composio/start',
        { json: { auth_config_id: 'ac_slack', callback_url: 'https://app.example/c' } });
    await follow(v, redirect_url);
    await v.must(201, 'POST', '/v1/connections/composio/finalize', { json: { app: 'slack', integration_name: 'S', connected_account_id } });
}

/** The mock calls itself: probes, discovery, registration and exchange. */
async function mcpClient(v) {
    const at = preset => `${v.origin}/_mock/s/${v.space}/_mock/mcp/${preset}`.replace('/_mock/s/default', '');
    for (const preset of ['modern', 'legacy', 'sse'])
        await v.must(200, 'POST', '/v1/connections/mcp/probe', { json: { server_url: at(preset) } });
    await v.must(200, 'POST', '/v1/connections/oauth/mcp/check', { json: { mcp_server_url: at('oauth') } });
    const { authorization_url } = await v.must(200, 'POST', '/v1/connections/oauth/mcp/start',
        { json: { mcp_server_url: at('oauth'), name: 'Tools', return_url: 'http://localhost:3000/done' } });
    await follow(v, authorization_url);
}

async function mcpServer(v) {
    const at = '/_mock/mcp/oauth', redirect_uri = 'http://127.0.0.1:1/callback', verifier = randomBytes(32).toString('hex');
    const client = await v.must(201, 'POST', `${at}/register`, { json: { redirect_uris: [redirect_uri], token_endpoint_auth_method: 'client_secret_post' } });
    const query = new URLSearchParams({ response_type: 'code', client_id: client.client_id, redirect_uri, state: 's', code_challenge_method: 'S256',
        code_challenge: createHash('sha256').update(verifier).digest('base64url') });
    const back = (await v.must(302, 'GET', `${at}/authorize?${query}`, { as: null, headers: { accept: 'text/html' } })).headers.location;
    const who = { client_id: client.client_id, client_secret: client.client_secret };
    const tokens = await v.must(200, 'POST', `${at}/token`, { as: null,
        form: { grant_type: 'authorization_code', redirect_uri, code: new URL(back).searchParams.get('code'), code_verifier: verifier, ...who } });
    const message = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } } };
    const accept = { accept: 'application/json, text/event-stream' };
    await v.must(200, 'POST', at, { as: tokens.access_token, json: message, headers: accept });
    await v.must(200, 'POST', `${at}/revoke`, { as: null, form: { token: tokens.access_token, ...who } });
}

async function control(v) {
    const document = { connections: [{ id: randomUUID(), name: 'Loaded', team_id: TEAM, user_id: OWNER }] };
    await v.must(201, 'POST', '/_mock/fixtures', { json: document });
    await v.must(200, 'PUT', '/_mock/snapshots/one');
    const { id } = await v.must(201, 'POST', '/_mock/faults', { json: { match: { operation: 'getProfile' }, action: { status: 418 }, times: 1 } });
    await v.call('GET', '/v1/profile');
    await v.must(200, 'DELETE', `/_mock/faults/${id}`);
    await v.must(200, 'GET', '/_mock/fixtures');
    await v.must(200, 'GET', '/_mock/requests?limit=50');
    await v.must(200, 'POST', '/_mock/verify', { json: { match: { operation: 'getProfile' }, count: { min: 1 } } });
    await v.must(200, 'PUT', '/_mock/clock', { json: { action: 'advance', by_seconds: 60 } });
    await v.must(200, 'PATCH', '/_mock/settings', { json: { return_params: 'on' } });
    await v.must(200, 'POST', '/_mock/snapshots/one/restore');
    await v.must(200, 'DELETE', '/_mock/snapshots/one');
    await v.must(200, 'GET', '/_mock/');
}

/** Each is async visitor => …. `control` undoes what the others of its space have made. */
export const families = { connections, integrations, credentials, logins, agents, schedules, runs, cases, webhooks, dashboards, moves,
    nativeOauth, composio, mcpClient, mcpServer, control };
