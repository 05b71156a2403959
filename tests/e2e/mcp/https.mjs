// An official MCP client authorizes itself over https, at a host that is not this machine's own: there it refuses http.
// Usage: NODE_EXTRA_CA_CERTS=FILE node tests/e2e/mcp/https.mjs DIR HOST PORT
// HOST leads to this machine, as a name server would have it elsewhere.

import assert from 'node:assert/strict';
import dns from 'node:dns';
import { allTools, call, connect, loadSdk, Provider } from './sdk.mjs';

const [dir, host, port] = process.argv.slice(2);
const { lookup } = dns;
dns.lookup = (name, options, done) => lookup(name === host ? '127.0.0.1' : name, options, done);

const url = `https://${host}:${port}/_mock/mcp/oauth`;
const provider = new Provider();
const { client } = await connect(loadSdk(dir), url, { provider });
assert.equal(provider.answer.searchParams.get('iss'), url);
assert.equal(provider.url.protocol, 'https:');
assert.equal((await allTools(client)).tools.length, 3);
assert.deepEqual(await call(client, 'list_documents', { a: 1 }), { tool: 'list_documents', arguments: { a: 1 } });
await client.close();
console.log('authorized');
