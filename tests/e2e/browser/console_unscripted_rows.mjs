// Without scripts every form and button of these tabs of the console is sent, does what it says, and the tab that comes back tells
// what came of it: resets, snapshots, fixtures, rows that are made, changed and deleted, webhooks, the reference.

import { DONE, noIcon, walk } from '../lib/console_walk.mjs';

export const tolerated = noIcon;

const SETTINGS = '/_mock/settings', SNAPSHOTS = '/_mock/snapshots';
const CONNECTION = '6f1d2c3b-4444-4aaa-8bbb-0000000000f1';
const LOADED = JSON.stringify({ connections: [{ id: CONNECTION, name: 'Loaded', team_id: '6f1d2c3b-2222-4aaa-8bbb-000000000002' }] }, null, 2);
const AGENTS = '?tab=agents&list=';

const STEPS = [
    ['?tab=fixtures', '#reset >> role=button[name="Take"]', { ':name': "it's/one" }, DONE, SNAPSHOTS, { snapshots: [{ name: "it's/one" }] }],
    ['?tab=fixtures', '#reset >> text="Empty"', {}, DONE, '/_mock/spaces/default', { counts: { connections: 0 } }],
    ['?tab=fixtures', '#reset >> role=button[name="Restore undo"]', {}, DONE, '/v1/profile', {}],
    ['?tab=fixtures', '#reset >> text="Reset"', { only: '' }, DONE, SETTINGS, { seed: null }],
    ['?tab=fixtures', `#reset >> role=button[name="Delete snapshot it's/one"]`, {}, DONE, SNAPSHOTS, { total: 1 }],
    ['?tab=fixtures', '#fixtures >> role=button[name="Load"]', { '*': '{"teams": 7}' }, /^400 body\/teams /, SNAPSHOTS, {}],
    ['?tab=fixtures', '#fixtures >> role=button[name="Load"]', { '*': LOADED }, DONE, `/v1/connections/${CONNECTION}`, { name: 'Loaded' }],
    ['?tab=connections', '#make-createConnection button', { name: 'Made', provider: 'user', auth_method: 'url' }, DONE, 'heading:Made'],
    ['?tab=connections&id={id}', '#detail >> role=button[name="Set the state"]', { to: 'revoked' }, DONE, '/v2/connections/{id}', { broken_reason: 'Access was revoked at the provider' }],
    ['?tab=connections&id={id}', '#do-updateConnection button', {}, /^Nothing is changed yet/, 'heading:Made'],
    ['?tab=connections&id={id}', '#do-updateConnection button', { name: 'Changed' }, DONE, 'heading:Changed'],
    ['?tab=connections&id={id}', '#detail >> role=button[name="Delete a connection"]', {}, DONE, 'gone'],
    [`${AGENTS}secrets`, '#make-createSecret button', { name: 'Vault', values: 'A_TOKEN=canary1\nB: canary2' }, DONE, 'heading:Vault'],
    [`${AGENTS}secrets&id={id}`, '#do-updateSecret button', { name: 'Safe', add_values: 'C=canary3' }, DONE, 'heading:Safe'],
    [`${AGENTS}secrets&id={id}`, '#detail >> role=button[name="Delete a secret"]', {}, DONE, 'gone'],
    [`${AGENTS}queues`, '#make-createQueue button', { name: 'Orders', description: 'New ones' }, DONE, 'heading:Orders'],
    [`${AGENTS}queues&id={id}`, '#do-updateQueue button', { description: '' }, DONE, '/v2/queues/{id}', { queue: { name: 'Orders', description: null } }],
    [`${AGENTS}queues&id={id}`, '#detail >> role=button[name="Delete a queue"]', {}, DONE, 'gone'],
    ['?tab=webhooks&list=webhooks', '#list >> role=button[name="Subscribe"]', { events: 'run.completed run.failed' }, DONE, '/_mock/webhooks', { webhooks: [{ events: ['run.completed', 'run.failed'] }] }],
    ['?tab=webhooks&list=webhooks{new}', '#detail >> role=button[name="Pause"]', {}, DONE, '/_mock/webhooks', { webhooks: [{ paused: true }] }],
    ['?tab=webhooks&list=webhooks{new}', '#detail >> role=button[name="Resume"]', {}, DONE, '/_mock/webhooks', { webhooks: [{ paused: false }] }],
    ['?tab=webhooks&list=webhooks{new}', '#detail >> role=button[name="Delete a subscription"]', {}, DONE, 'gone'],
    ['?tab=reference&id=GET /_mock/version', '#detail >> role=button[name="Send"]', {}, DONE, 'answer:"version":'],
    ['?tab=reference&id=POST /v1/connections', '#detail >> role=button[name="Send"]', { '*': '{}' }, /^400 body\/name/, 'answer:"message":'],
];

export default stage => walk(stage, STEPS);
