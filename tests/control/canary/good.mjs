// What every operation is for, done with secrets wherever it takes some.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

export const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002';
const OWNER = '6f1d2c3b-1111-4aaa-8bbb-000000000001';
const RETURN_URL = 'http://localhost:3000/done';

async function connections(v, base, one) {
    const { canaries } = v;
    const secrets = { 'X-Key': canaries.plant('header secret'), Authorization: `Bearer ${canaries.plant('bearer header')}` };
    const headers = { 'idempotency-key': `k${v.good.size}` };
    const json = { name: 'Canary', provider: 'user', auth_method: 'headers', server_url: 'https://h.example/?x=1',
        headers: { plaintext: { 'X-Region': 'eu' }, secret: secrets } };
    const { id } = (await v.send('POST', base, { json, headers, status: 201, bare: true })).json();
    await v.send('POST', base, { json, headers, status: 201, bare: true });
    await v.send('POST', base, { json: { ...json, name: 'Another' }, headers, status: 409, bare: true });
    await v.send('GET', base, { status: 200 });
    await v.send('GET', `${one}/${id}`, { status: 200 });
    await v.send('GET', `${one}/${id}/credentials`, { status: 200 });
    for (const [name, value] of Object.entries(secrets)) {
        const found = await v.send('POST', `/_mock/connections/${id}/secrets/match`, { json: { name, value }, status: 200 });
        assert.equal(found.json().match, true, `${name} was stored`);
    }
    await v.send('POST', `/_mock/connections/${id}/secrets/match`, { json: { name: 'X-Key', value: canaries.plant('wrong guess') }, status: 200 });
    const later = canaries.plant('changed header secret');
    await v.send('PATCH', `${one}/${id}`, { json: { headers: { secret: { 'X-Key': later, 'X-Add': canaries.plant('added') } } }, status: 200 });
    await v.send('POST', `/_mock/connections/${id}/transition`, { json: { to: 'broken', reason: 'the token is gone' }, status: 200 });
    const kept = (await v.send('POST', base, { json: { ...json, auth_method: 'apikey', headers: { secret: { 'X-API-Key': canaries.plant('API key header') } } } })).json().id;
    await v.send('DELETE', `${one}/${id}`, { status: 200 });
    return kept;
}

async function integrations(v, base, one) {
    const json = { name: `Canary ${v.good.size}`, auth_method: 'oauth', server_url: 'https://i.example/mcp', oauth_client_id: 'shown',
        oauth_client_secret: v.canaries.plant('client secret of an integration') };
    const { id } = (await v.send('POST', base, { json, status: 201, headers: { 'idempotency-key': `i${v.good.size}` } })).json();
    await v.send('POST', base, { json, status: 409 });
    await v.send('GET', base.replace('/custom', ''), { status: 200 });
    const asked = { name: 'oauth_client_secret', value: json.oauth_client_secret };
    const found = await v.send('POST', `/_mock/integrations/custom/${id}/secrets/match`, { json: asked, status: 200 });
    assert.equal(found.json().match, true, 'the client secret was stored');
    await v.send('DELETE', `${one}/${id}`, { status: 200 });
    json.name += ' kept';
    await v.send('POST', base, { json, status: 201 });
}

async function credentials(v, base, one) {
    const { canaries } = v;
    const values = { WAREHOUSE_USER: canaries.plant('credential value'), WAREHOUSE_PASSWORD: canaries.plant('another credential value') };
    const { id } = (await v.send('POST', base, { json: { name: `Canary ${v.good.size}`, values }, status: 201, headers: { 'idempotency-key': `s${v.good.size}` } })).json();
    await v.send('GET', base, { status: 200 });
    await v.send('GET', `${one}/${id}`, { status: 200 });
    for (const [name, value] of Object.entries(values)) {
        const found = await v.send('POST', `/_mock/credentials/${id}/secrets/match`, { json: { name, value }, status: 200 });
        assert.equal(found.json().match, true, `${name} was stored`);
    }
    await v.send('PATCH', `${one}/${id}`, { json: { values: { WAREHOUSE_USER: canaries.plant('changed credential value') } }, status: 200 });
    await v.send('PATCH', `${one}/${id}`, { json: { add_values: { REGION: canaries.plant('added credential value') } }, status: 200 });
    await v.send('PATCH', `${one}/${id}`, { json: { values: { 'bad key': canaries.plant('credential value of a bad key') } } });
    await v.send('DELETE', `${one}/${id}`, { status: 200 });
    await v.send('POST', base, { json: { name: `Kept ${v.good.size}`, values }, status: 201 });
}

async function logins(v) {
    const { canaries } = v;
    const base = `/v2/teams/${TEAM}/browser-agent/credentials/${OWNER}`;
    const values = { password: canaries.plant('password of a login'), otp_secret: canaries.plant('OTP secret of a login') };
    const { id } = (await v.send('POST', base, { json: { domain: 'shop.example', ...values }, status: 201, headers: { 'idempotency-key': 'login' } })).json();
    await v.send('GET', base, { status: 200 });
    await v.send('GET', `${base}/${id}`, { status: 200 });
    for (const [name, value] of Object.entries(values)) {
        const found = await v.send('POST', `/_mock/logins/${id}/secrets/match`, { json: { name, value }, status: 200 });
        assert.equal(found.json().match, true, `${name} was stored`);
    }
    await v.send('POST', `/_mock/logins/${id}/secrets/match`, { json: { name: 'password', value: canaries.plant('wrong password') }, status: 200 });
    await v.send('PATCH', `${base}/${id}`, { json: { password: canaries.plant('changed password'), otp_secret: null }, status: 200 });
    await v.send('PATCH', `${base}/${id}`, { json: { password: [canaries.plant('password of a wrong type')] } });
    await v.send('DELETE', `${base}/${id}`, { status: 204 });
    await v.send('POST', base, { json: { domain: 'kept.example', ...values }, status: 201 });
}

function param(url, name) {
    return new URL(url, 'http://localhost').searchParams.get(name);
}

function pathOf(url) {
    const { pathname, search } = new URL(url, 'http://localhost');
    return pathname + search;
}

/** Through a consent page as a person goes, up to where the browser ends. */
async function consent(v, url) {
    const { canaries } = v;
    const page = await v.send('GET', pathOf(url), { as: null, headers: { accept: 'text/html' }, status: 200, bare: true });
    const token = canaries.made('made: form token', /name="form_token" value="([^"]+)"/.exec(page.text)[1]);
    await v.send('POST', pathOf(url), { as: null, form: { form_token: canaries.plant('wrong form token'), decision: 'approve', account: 'bea@acme.example' }, status: 400, bare: true });
    const decided = await v.send('POST', pathOf(url), { as: null, form: { form_token: token, decision: 'approve', account: 'bea@acme.example' }, bare: true });
    assert.ok(decided.status === 302 || decided.status === 303, `consent: ${decided.status} ${decided.text.slice(-800)}`);
    return decided.headers.location;
}

async function nativeFlow(v, base) {
    const { canaries } = v;
    const json = { return_url: `${RETURN_URL}?token=${canaries.word('return_url')}`, client_secret: canaries.plant('further property') };
    const url = (await v.send('POST', `${base}/oauth/native/google/start`, { json, status: 200, headers: { 'idempotency-key': `n${v.good.size}` } })).json().authorization_url;
    const state = canaries.made('made: state', param(url, 'state'));
    const back = await consent(v, url);
    const code = canaries.made('made: code', param(back, 'code'));
    await v.send('GET', `/v1/oauth/callback/google?code=${canaries.word('forged code')}&state=${state}`, { as: null });
    await v.send('GET', `/v1/oauth/callback/google?code=${code}&state=${canaries.word('forged state')}`, { as: null });
    const end = await v.send('GET', pathOf(back), { as: null });
    assert.ok(end.status === 302 || end.status === 400, `callback: ${end.text}`);
    const again = (await v.send('POST', `${base}/oauth/native/google/start`, { json: {}, status: 200 })).json().authorization_url;
    canaries.made('made: state', param(again, 'state'));
    await v.send('POST', '/_mock/oauth/complete', { json: { authorization_url: again }, status: 200 });
    const third = (await v.send('POST', `${base}/oauth/native/google/start`, { json: {}, status: 200 })).json().authorization_url;
    canaries.made('made: state', param(third, 'state'));
    const done = await v.send('GET', pathOf(await consent(v, third)), { as: null });
    await v.send('GET', pathOf(done.headers.location ?? '/v1/oauth/none'), { as: null });
}

async function mcpFlow(v, base, team) {
    const { canaries, mock } = v;
    const server = `${mock.origin}/_mock/mcp/oauth`;
    const headers = { Authorization: `Bearer ${canaries.plant('probe header')}`, 'X-API-Key': canaries.plant('probe key') };
    for (const preset of ['legacy', 'apikey', 'oauth', 'modern', 'sse'])
        await v.send('POST', `${base}/mcp/probe`, { json: { server_url: `${mock.origin}/_mock/mcp/${preset}?token=${canaries.word('query of a server_url')}`, headers }, status: 200 });
    await v.send('POST', `${base}/mcp/probe`, { json: { server_url: 'http://127.0.0.1:1/x', headers }, status: 200 });
    await v.send('POST', `${base}/mcp/probe`, { json: { server_url: 'http://127.0.0.1:1/x', headers: { 'X-Key': `a\r\nb${canaries.plant('bad header')}` } } });
    for (const path of team ? ['/v2/connections', base] : [base])
        await v.send('POST', `${path}/oauth/mcp/check`, { json: { mcp_server_url: server }, status: 200 });
    const client = team ? { oauth_client_id: 'shown', oauth_client_secret: canaries.plant('client secret of a start') } : {};
    if (team)
        await v.send('POST', `${base}/oauth/mcp/start`, { json: { mcp_server_url: server, name: 'Tools', return_url: RETURN_URL, ...client } });
    const url = (await v.send('POST', `${base}/oauth/mcp/start`, { json: { mcp_server_url: server, name: 'Tools', return_url: RETURN_URL }, status: 200 })).json().authorization_url;
    const state = canaries.made('made: state', param(url, 'state'));
    const back = await consent(v, url);
    const code = canaries.made('made: code', param(back, 'code'));
    await v.send('GET', `/v1/oauth/callback/mcp?code=${code}&state=${canaries.word('forged state')}`, { as: null });
    await v.send('GET', pathOf(back), { as: null, status: 302 });
    await v.send('GET', `/v1/oauth/callback/mcp?code=${canaries.word('forged code')}&state=${state}`, { as: null });
}

async function composioFlow(v, base) {
    const { canaries } = v;
    const fields = { generic_api_key: canaries.plant('Composio field'), shop: canaries.plant('another Composio field') };
    const made = (await v.send('POST', `${base}/composio/start`, { status: 200, headers: { 'idempotency-key': `c${v.good.size}` },
        json: { auth_config_id: 'ac_shopify', callback_url: 'https://app.example/c', auth_scheme: 'API_KEY', auth_fields: fields } })).json();
    await v.send('POST', `${base}/composio/finalize`, { json: { app: 'shopify', integration_name: 'S', connected_account_id: made.connected_account_id }, status: 201 });
    await v.send('POST', `${base}/composio/start`, { json: { auth_config_id: 'ac_none', callback_url: 'https://app.example/c', auth_fields: fields }, status: 404 });
    const start = (await v.send('POST', `${base}/composio/start`, { json: { auth_config_id: 'ac_slack', callback_url: `https://app.example/c?token=${canaries.word('callback_url')}` }, status: 200 })).json();
    await consent(v, start.redirect_url);
    const json = { app: 'slack', integration_name: 'S', connected_account_id: start.connected_account_id };
    return (await v.send('POST', `${base}/composio/finalize`, { json, status: 201 })).json().integration_id;
}

async function oauthClient(v) {
    const { canaries } = v;
    const at = '/_mock/mcp/oauth';
    const redirect_uri = 'http://127.0.0.1:3999/callback';
    const registration = { redirect_uris: [redirect_uri], grant_types: ['authorization_code', 'refresh_token'], token_endpoint_auth_method: 'client_secret_post' };
    await v.send('POST', `${at}/register`, { json: { ...registration, software_statement: canaries.word('software statement') }, status: 400 });
    const client = (await v.send('POST', `${at}/register`, { status: 201, json: registration })).json();
    canaries.made('made: client secret', client.client_secret);
    const verifier = ['a', 'b', 'c'].map(part => canaries.word(`code verifier ${part}`)).join('');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const state = canaries.word('state of a client');
    const query = new URLSearchParams({ response_type: 'code', client_id: client.client_id, redirect_uri, state, code_challenge: challenge, code_challenge_method: 'S256' });
    await v.send('GET', `${at}/authorize?${query}`, { as: null, headers: { accept: 'text/html' }, status: 200, bare: true });
    const back = await consent(v, `${at}/authorize?${query}`);
    const code = canaries.made('made: code', param(back, 'code'));
    const who = { client_id: client.client_id, client_secret: client.client_secret };
    const exchange = { grant_type: 'authorization_code', redirect_uri, code, code_verifier: verifier, ...who };
    await v.send('POST', `${at}/token`, { as: null, form: { ...exchange, client_secret: canaries.plant('wrong client secret') }, status: 401 });
    await v.send('POST', `${at}/token`, { as: null, form: { ...exchange, code: canaries.plant('wrong code') }, status: 400 });
    const tokens = (await v.send('POST', `${at}/token`, { as: null, form: exchange, status: 200 })).json();
    canaries.made('made: access token', tokens.access_token);
    canaries.made('made: refresh token', tokens.refresh_token);
    await v.send('POST', `${at}/token`, { as: null, form: { grant_type: 'refresh_token', refresh_token: canaries.plant('wrong refresh token'), ...who }, status: 400 });
    const more = (await v.send('POST', `${at}/token`, { as: null, form: { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, ...who }, status: 200 })).json();
    canaries.made('made: access token', more.access_token);
    await message(v, at, 'initialize', { as: more.access_token });
    await v.send('POST', `${at}/revoke`, { as: null, form: { token: canaries.plant('unknown token'), ...who } });
    await v.send('POST', `${at}/revoke`, { as: null, form: { token: more.access_token, ...who }, status: 200 });
}

const PARAMS = { initialize: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'canary', version: '1' } } };

async function message(v, path, method, { params = PARAMS[method], headers = {}, as = null, status } = {}) {
    return v.send('POST', path, { as, status, json: { jsonrpc: '2.0', id: 1, method, params },
        headers: { accept: 'application/json, text/event-stream', ...as && { authorization: `Bearer ${as}` }, ...headers } });
}

async function presets(v, composioId) {
    const { canaries } = v;
    const begun = await message(v, '/_mock/mcp/legacy', 'initialize', { status: 200 });
    const session = { 'mcp-session-id': begun.headers['mcp-session-id'], 'mcp-protocol-version': '2025-11-25' };
    await message(v, '/_mock/mcp/legacy', 'tools/call', { headers: session, params: { name: 'echo', arguments: { password: canaries.plant('argument of a tool, password') } } });
    await v.send('DELETE', '/_mock/mcp/legacy', { as: null, headers: session });
    await message(v, '/_mock/mcp/apikey', 'initialize', { headers: { 'x-api-key': canaries.word('X-API-Key of a preset') } });
    const composio = `/_mock/mcp/composio/${composioId}`;
    const own = await message(v, composio, 'initialize', { as: 'dv_test_owner' });
    await v.send('GET', composio, {});
    await v.send('DELETE', composio, { headers: own.headers['mcp-session-id'] ? { 'mcp-session-id': own.headers['mcp-session-id'] } : {} });
    for (const path of ['/.well-known/oauth-protected-resource', '/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'])
        await v.send('GET', `${path}/_mock/mcp/oauth`, { as: null, status: 200 });
    for (const path of ['.well-known/oauth-authorization-server', '.well-known/openid-configuration', 'jwks'])
        await v.send('GET', `/_mock/mcp/oauth/${path}`, { as: null, status: 200 });
    await stream(v);
}

/** Operations that take secrets, called as tools: right, wrong, unknown, and several at once. */
async function hosted(v, path, team) {
    const { canaries } = v;
    const secret = what => canaries.plant(`${path}: ${what}`);
    const calls = [
        ['createConnection', { ...team, name: 'T', provider: 'user', auth_method: 'headers', headers: { secret: { 'X-Region': secret('header') } } }],
        ['createConnection', { ...team, name: '', headers: { secret: secret('header of a wrong type') } }],
        ['createSecret', { ...team, name: `Tool ${v.good.size}`, values: { REGION: secret('value') } }],
        ['createSecret', { ...team, values: [secret('value in a list')] }],
        ['createCustomIntegration', { ...team, name: `Tool ${v.good.size}`, auth_method: 'oauth', server_url: 'https://t.example/mcp', oauth_client_id: 'shown', oauth_client_secret: secret('client secret') }],
        ['startComposio', { ...team, auth_config_id: 'ac_shopify', callback_url: 'https://app.example/c', auth_scheme: 'API_KEY', auth_fields: { shop: secret('field') } }],
        ['probeMcpServer', { ...team, server_url: 'http://127.0.0.1:1/x', headers: { 'X-Region': secret('probe header') } }],
        ['startNativeOAuth', { ...team, provider: 'google', client_secret: secret('further property') }],
        ['getProfile', { password: secret('unknown argument') }],
        ['noSuchTool', { anything: secret('argument of no tool') }],
    ].map(([name, args], id) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } }));
    const headers = { accept: 'application/json, text/event-stream' };
    for (const json of calls) {
        const { result } = (await v.send('POST', path, { json, headers, status: 200 })).json();
        if (json.params.name === 'startNativeOAuth')
            canaries.made('made: state', param(JSON.parse(result.content[0].text).authorization_url, 'state'));
    }
    await v.send('POST', path, { json: calls, headers, status: 200 });
    await v.send('GET', path, {});
    await v.send('DELETE', path, {});
    await v.send('GET', `/.well-known/oauth-protected-resource${path}`, { as: null, status: 200 });
}

/** The old transport: a stream names the place for messages. */
async function stream(v) {
    const { canaries, mock } = v;
    const controller = new AbortController();
    const opened = await fetch(`${mock.origin}/_mock/mcp/sse?access_token=${canaries.word('query of a stream')}`, { signal: controller.signal, headers: { accept: 'text/event-stream' } });
    const reader = opened.body.getReader();
    const text = Buffer.from((await reader.read()).value).toString();
    const place = /data: (\S+)/.exec(text)[1];
    await message(v, pathOf(place), 'initialize', { status: 202 });
    canaries.made('made: session', param(place, 'session_token'));
    v.sent.add('GET /_mock/mcp/{preset}');
    v.good.add('GET /_mock/mcp/{preset}');
    v.look('stream', text);
    controller.abort();
}

/** Subscriptions, one of them to an inbox, which gets a message of somebody's own, too. */
async function webhooks(v) {
    const { canaries, mock } = v;
    const inbox = { url: `${mock.origin}/_mock/inbox/canary` };
    await v.send('POST', '/_mock/webhooks', { json: { ...inbox, secret: canaries.plant('given secret of a webhook') }, status: 201 });
    const { id, secret } = (await v.send('POST', '/_mock/webhooks', { json: inbox, status: 201 })).json();
    canaries.made('made: secret of a webhook', secret);
    await v.send('PATCH', `/_mock/webhooks/${id}`, { json: { secret: canaries.plant('other secret of a webhook') }, status: 200 });
    await v.send('GET', `/_mock/webhooks/${id}`, { status: 200 });
    await v.send('GET', '/_mock/webhooks/deliveries?state=pending', { status: 200 });
    await v.send('POST', '/_mock/inbox/canary', { json: { password: canaries.plant('member of a message'), token: canaries.plant('token of a message') },
        headers: { 'x-api-key': canaries.word('header of a message') } });
}

async function control(v) {
    const { canaries } = v;
    await webhooks(v);
    const space = (await v.send('POST', '/_mock/spaces', { json: { name: 'canary' }, status: 201 })).json();
    canaries.made('made: space key', space.api_key);
    await v.send('GET', '/v1/connections', { as: space.api_key, status: 200 });
    await v.send('GET', '/_mock/spaces/canary', { status: 200 });
    const person = { team_id: TEAM, user_id: OWNER };
    const key = (await v.send('POST', '/_mock/keys', { json: person, status: 201 })).json().key;
    canaries.made('made: API key', key);
    await v.send('GET', '/v2/organizations/mine', { as: key, status: 200 });
    const document = {
        api_keys: [{ key: `dv_${canaries.word('fixture key')}`, team_id: TEAM, user_id: OWNER }],
        connections: [{ id: '6f1d2c3b-4444-4aaa-8bbb-0000000000f1', name: 'F', team_id: TEAM, headers: { secret: { 'X-F': canaries.plant('fixture header') } } }],
        logins: [{ id: '6f1d2c3b-dddd-4aaa-8bbb-0000000000f1', team_id: TEAM, domain: 'f.example', password: canaries.plant('fixture password'), otp_secret: canaries.plant('fixture OTP secret') }],
        custom_integrations: [{ id: '6f1d2c3b-3333-4aaa-8bbb-0000000000f1', team_id: TEAM, name: 'Fixture', auth_method: 'oauth', server_url: 'https://f.example', oauth_client_id: 'shown', oauth_client_secret: canaries.plant('fixture client secret') }],
    };
    await v.send('POST', '/_mock/fixtures', { json: document, status: 201 });
    await v.send('POST', '/_mock/fixtures', { json: document, status: 400 });
    document.api_keys[0].team_id = 'no team';
    await v.send('POST', '/_mock/fixtures', { json: document, status: 400 });
    const match = { header: { authorization: `Bearer ${canaries.word('header of a match')}`, cookie: canaries.word('cookie of a match') },
        body: { '/headers/secret/X-Key': canaries.plant('body of a match'), '/headers': { secret: { 'X-Key': canaries.plant('deep body of a match') } }, '/oauth_client_secret': canaries.plant('client secret of a match') } };
    const fault = (await v.send('POST', '/_mock/faults', { json: { match, action: { status: 503, body: { client_secret: canaries.plant('body of a fault') }, headers: { 'x-token': canaries.word('header of a fault') } } }, status: 201 })).json();
    await v.send('GET', `/_mock/faults/${fault.id}`, { status: 200 });
    await v.send('POST', '/_mock/oauth/next', { json: { outcome: 'deny', match, times: 1 }, status: 201 });
    for (const one of [match, { header: match.header }, { body: match.body }, { body: { '': { token: canaries.word('whole body of a match') } } },
        { body: { '/headers': {} } }, { body: { '/headers/secret': {} } }, { operation: 'createConnectionV1', body: { '': {} } }, { header: { cookie: 'x' } },
        { operation: 'createConnection', body: { '': {} } }, { operation: 'createConnection', body: { '/headers': {} } },
        { operation: 'createCustomIntegration', body: { '': 1 } }, { path: '/x', query: { token: canaries.word('query of a match'), q: `https://h/?token=${canaries.word('URL in a match')}` } },
        { body: { '/values/PLAIN': canaries.plant('value of a match') } }, { operation: 'createSecret', body: { '/values/PLAIN': canaries.plant('other value of a match') } }])
        await v.send('POST', '/_mock/verify', { json: { match: one, count: 100000 }, status: 422 });
    await v.send('POST', '/_mock/verify', { json: { match: {} }, status: 200 });
    await v.send('PUT', '/_mock/snapshots/canary', { status: 200 });
    await v.send('GET', '/_mock/snapshots/canary', { status: 200 });
    await v.send('PUT', '/_mock/clock', { json: { action: 'advance', by_seconds: 0 } });
    for (const method of ['PATCH', 'PUT'])
        await v.send(method, '/_mock/settings', { json: { return_params: 'on' }, status: 200 });
    await v.send('GET', '/_mock/requests', { status: 200 });
    return fault;
}

/** What has to come last, because it ends or forgets something. */
export async function goodEnd(v, fault) {
    await v.send('DELETE', `/_mock/faults/${fault.id}`, { status: 200 });
    await v.send('POST', '/_mock/snapshots/canary/restore', { status: 200 });
    await v.send('DELETE', '/_mock/snapshots/canary', { status: 200 });
    await v.send('DELETE', '/_mock/spaces/canary', { status: 200 });
    for (const path of ['faults', 'snapshots', 'requests'])
        await v.send('DELETE', `/_mock/${path}`, { status: 200 });
    await v.send('POST', '/_mock/reset', { json: { only: ['data'] }, status: 200 });
}

/** The entry is sought by the id that the caller gave it. */
async function oneEntry(v) {
    await v.send('GET', '/v1/profile', { headers: { 'x-request-id': 'sought' }, status: 200 });
    await v.send('GET', '/_mock/requests/sought', { status: 200 });
}

/** A secret that is typed into a form of the console, which comes without scripts, and one into the field of the key. The page
 *  that the browser is led to, and the address of it, have none. */
async function consoleForms(v) {
    const send = form => v.send('POST', '/_mock/?tab=agents&list=secrets', { as: null, form, status: 303, bare: true,
        headers: { 'sec-fetch-site': 'same-origin', ...v.admin && { authorization: `Bearer ${v.admin}` } } });
    const call = { '~call': 'POST /v2/teams/{teamId}/credentials', '~makes': 'secrets', ':teamId': TEAM, name: 'Typed' };
    for (const [more, told] of [[{ values: `A=${v.canaries.plant('typed value')}` }, '201 done'],
        [{ values: 'A=1', key: v.canaries.plant('typed key') }, '>401 '], [{ values: v.canaries.word('typed line') }, 'no NAME=value']]) {
        const { location } = (await send({ ...call, ...more })).headers;
        v.search('location of a form', location);
        const page = await v.searchReply(`/_mock/${location}`);
        assert.ok(page.raw.includes(told), `a form tells ${told}`);
    }
}

export async function goodRequests(v) {
    const v2 = `/v2/teams/${TEAM}`;
    const fault = await control(v);
    await connections(v, '/v1/connections', '/v1/connections');
    await connections(v, `${v2}/connections`, '/v2/connections');
    await integrations(v, '/v1/integrations/custom', '/v1/integrations/custom');
    await integrations(v, `${v2}/integrations/custom`, '/v2/integrations/custom');
    await credentials(v, '/v1/credentials', '/v1/credentials');
    await credentials(v, `${v2}/credentials`, '/v2/credentials');
    await logins(v);
    await consoleForms(v);
    for (const version of ['/v1', '/v2'])
        for (const path of ['', '/members'])
            await v.send('GET', `${version}/teams/${TEAM}${path}`, { status: 200 });
    await v.send('DELETE', '/_mock/oauth/next', { status: 200 });
    for (const base of ['/v1/connections', `${v2}/connections`]) {
        await nativeFlow(v, base);
        await mcpFlow(v, base, base !== '/v1/connections');
        v.composioId = await composioFlow(v, base);
    }
    await hosted(v, '/v1/mcp', {});
    await hosted(v, '/v2/mcp', { teamId: TEAM });
    await v.send('GET', '/.well-known/oauth-protected-resource', { as: null, status: 200 });
    await oauthClient(v);
    await presets(v, v.composioId);
    await oneEntry(v);
    return fault;
}
