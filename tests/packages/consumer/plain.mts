// What a strict compiler has to take, and what it has to refuse.

import { attachMock, startMock, MockError } from 'duvo-mock';
import type { Connection, FaultAction, JournalEntry, Mock, MockSpace, OperationName } from 'duvo-mock';

const mock = await startMock({ port: 0, fixtures: ['default', { teams: [] }], consent: 'auto', rateLimit: 'off', tls: 'auto' });
const attached: Mock = await attachMock(mock.url, { key: mock.key, adminToken: 'x' });
const space: MockSpace = await mock.space({ name: 'one', fixtures: 'empty', ttl_seconds: 60 });

const operation: OperationName = 'createConnectionV1';
const action: FaultAction = { status: 503, delay_ms: { min: 1, max: 2 } };
await space.fault({ match: { operation }, action, times: 2 });
await space.verify({ match: { operation: 'createConnection', status: 503 }, count: { min: 1, max: 3 }, within_ms: 100 });
const [entry]: JournalEntry[] = await space.requests({ operation: 'listConnections', since: new Date() });
const status: number | undefined = entry?.status;
await space.clock.freeze(new Date());
await space.clock.advance(60);
const connection: Connection = await space.transition('id', 'broken', 'gone');
const name: string = connection.name;
const { redirect_url: url }: { redirect_url: string | null } = await space.oauth.complete({ authorization_url: 'x', outcome: 'deny' });
await space.reset({ to: (await space.snapshot('before')).name });
await space.runs.next({ steps: [{ delay_ms: 10, status: 'running' }, { human_request: { title: 'Send it?' } }] });
const error: MockError = new Error('x') as MockError;
const authority: string | undefined = mock.ca;

const made: Connection = await space.call('createConnection', { teamId: 'team', body: { name: 'x', provider: 'user', auth_method: 'url' } });
const { total }: { total: number } = await mock.call('listConnectionsV1');
await mock.call('listConnectionsV1', { limit: 1 }, { key: 'k', headers: { 'idempotency-key': '7' } });
for await (const event of await space.call('watchSpace', { since: 17 }))
    console.log(event.id, event.event, event.data);
const page: string = await mock.call('readDocumentation');

// @ts-expect-error: no such operation
await space.call('createConection', {});
// @ts-expect-error: a team is needed
await space.call('createConnection', { body: { name: 'x', provider: 'user', auth_method: 'url' } });
// @ts-expect-error: no such parameter
await space.call('listConnectionsV1', { limt: 1 });
// @ts-expect-error: no such member
await space.call('createConnectionV1', { body: { name: 'x', provider: 'user', auth_methd: 'url' } });
// @ts-expect-error: it has a call of its own
await space.call('orderFault', { body: { match: {}, action: {} } });
// @ts-expect-error: no such operation
await space.fault({ match: { operation: 'createConection' }, action });
// @ts-expect-error: no such option
await startMock({ prot: 1 });
// @ts-expect-error: no such outcome
await space.oauth.next({ outcome: 'perhaps' });
// @ts-expect-error: no such status
await space.runs.next({ steps: [{ status: 'gone' }] });
// @ts-expect-error: no such state
await space.transition('id', 'gone');
// @ts-expect-error: no such member
await space.verify({ match: { opration: 'createConnection' } });
// @ts-expect-error: an action is needed
await space.fault({ match: {} });
// @ts-expect-error: not of a mock that was started elsewhere
attached.pid;

await using disposed = await mock.space();
export { authority, disposed, error, made, name, page, status, total, url };
