// An agent's side: a Composio app is connected, and the official MCP SDK uses the server that the mock handed out.
// Usage: npm install @modelcontextprotocol/sdk && node mcp.mjs     with a server at DUVO_MOCK (default http://127.0.0.1:8787)

import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const MOCK = process.env.DUVO_MOCK ?? 'http://127.0.0.1:8787';

async function post(url, body, key) {
    const headers = { 'content-type': 'application/json', ...key && { authorization: `Bearer ${key}` } };
    const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = await reply.json();
    assert.ok(reply.ok, answer.message);
    return answer;
}

const { name, base_url, api_key } = await post(`${MOCK}/_mock/spaces`, {});
try {
    // The user consents at Composio; oauth/complete does what the browser would do.
    const { connected_account_id } = await post(`${base_url}/v1/connections/composio/start`,
        { auth_config_id: 'ac_slack', callback_url: 'http://localhost:3000/back' }, api_key);
    await post(`${base_url}/_mock/oauth/complete`, { connected_account_id });
    const { mcp_url } = await post(`${base_url}/v1/connections/composio/finalize`,
        { app: 'slack', integration_name: 'Slack - Acme', connected_account_id }, api_key);

    const client = new Client({ name: 'example', version: '1.0.0' });
    await client.connect(new StreamableHTTPClientTransport(new URL(mcp_url)));
    const { tools } = await client.listTools();
    assert.ok(tools.length > 0);
    const { content } = await client.callTool({ name: tools[0].name, arguments: {} });
    assert.equal(content[0].type, 'text');
    await client.close();
    console.log(`ok: ${mcp_url} has ${tools.map(tool => tool.name).join(', ')}`);
} finally {
    await fetch(`${MOCK}/_mock/spaces/${name}`, { method: 'DELETE' });
}
