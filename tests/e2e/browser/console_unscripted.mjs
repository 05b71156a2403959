// Without scripts every form and button of these tabs of the console is sent, does what it says, and the tab that comes back tells
// what came of it: the clock, settings, faults, requests, sign-ins, spaces.

import { DONE, noIcon, walk } from '../lib/console_walk.mjs';

export const tolerated = noIcon;

const CLOCK = '/_mock/clock', SETTINGS = '/_mock/settings', FAULTS = '/_mock/faults';
const setting = (name, value, is = value) => ['?tab=clock', `#settings button[name=${name}][value=${value}]`, {}, DONE, SETTINGS, { [name]: is }];
const both = name => [setting(name, 'true', true), setting(name, 'false', false)];

const STEPS = [
    ['?tab=clock', '#clock button[value=freeze]', {}, DONE, CLOCK, { mode: 'frozen' }],
    ['?tab=clock', '#clock >> text="Set"', { at: 'tomorrow' }, /^400 body\/at Invalid/, CLOCK, { mode: 'frozen' }],
    ['?tab=clock', '#clock >> text="Set"', { at: '2031-01-01T00:00:00Z' }, DONE, CLOCK, { now: '2031-01-01T00:00:00.000Z' }],
    ['?tab=clock', '#clock >> text="Advance"', { by_seconds: '60' }, DONE, CLOCK, { now: '2031-01-01T00:01:00.000Z' }],
    ['?tab=clock', '#clock button[value=resume]', {}, DONE, CLOCK, { mode: 'running' }],
    setting('consent', 'auto'), setting('consent', 'interactive'), setting('return_params', 'off'), setting('return_params', 'on'),
    setting('v1_list_keys', 'connections'), setting('v1_list_keys', 'integrations'), setting('v1_list_keys', 'both'),
    setting('models', 'any'), setting('models', 'listed'),
    ...['strict', 'any_key', 'lenient_auth_method', 'error_ids'].flatMap(both),
    ['?tab=clock', '#settings >> role=button[name="Set rate_limit"]', { rate_limit: '9000' }, DONE, SETTINGS, { rate_limit: 9000 }],
    ['?tab=clock', '#settings >> role=button[name="Set seed"]', { seed: '42' }, DONE, SETTINGS, { seed: 42 }],
    ['?tab=faults', '#faults >> role=button[name="Add the fault"]', { 'match.operation': 'listConnections', action: '{"status":429}', 'action.delay_ms': '1', times: '2' },
        DONE, FAULTS, { total: 1, faults: [{ times: 2, action: { status: 429, delay_ms: 1 } }] }],
    ['?tab=faults', '#faults >> role=button[name="Delete fault"]', {}, DONE, FAULTS, { total: 0 }],
    ['?tab=faults', '#faults >> role=button[name="Add the fault"]', { action: '{"status":500}', 'match.path': '/nowhere' }, DONE, FAULTS, { total: 1 }],
    ['?tab=faults', '#faults >> role=button[name="Delete all faults"]', {}, DONE, FAULTS, { total: 0 }],
    ['?tab=requests&id={entry}', '#detail >> role=button[name="Send again"]', {}, /^200 done$/, '/_mock/requests?q=op:getProfile', { total: 2 }],
    ['?tab=requests&id={entry}', '#detail >> role=button[name="Verify"]', { count: '7' }, /^422 /, FAULTS, {}],
    ['?tab=requests&id={entry}', '#detail >> role=button[name="Verify"]', { count: '2' }, DONE, FAULTS, {}],
    ['?tab=requests', '#requests >> role=button[name="Forget all requests"]', {}, DONE, '/_mock/requests', { total: 0 }],
    ['?tab=sign-ins', '#outcomes >> role=button[name="Order"]', { outcome: 'server_error' }, DONE, '/_mock/oauth/next', { outcomes: [{ outcome: 'server_error' }] }],
    ['?tab=sign-ins', '#outcomes >> role=button[name="Clear outcomes"]', {}, DONE, '/_mock/oauth/next', { total: 0 }],
    ...[['Allow', 'connected'], ['Deny', 'failed'], ['End it so', 'failed'], ['Expire', 'expired']].flatMap(([button, state]) => [
        ['?tab=sign-ins', '#start >> role=button[name="Start"]', { ':provider': 'gmail' }, DONE, CLOCK, {}],
        ['?tab=sign-ins{new}', `#detail >> role=button[name="${button}"]`, button === 'Allow' ? { account: 'marcus@acme.example' } : {}, DONE, `pill:${state}`],
    ]),
    ['?tab=spaces', '#spaces >> role=button[name="Make a space"]', { name: 'walked' }, DONE, '/_mock/spaces', { total: 2 }],
    ['?tab=spaces', '#spaces >> role=button[name="Drop space walked"]', {}, DONE, '/_mock/spaces', { total: 1 }],
];

export default stage => walk(stage, STEPS);
