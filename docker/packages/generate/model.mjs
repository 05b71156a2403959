// What both packages are generated from: the control calls of the contract, each with the name that a client gives it, the
// options of the command line, and the names of operations.

/** Control calls that a suite does not make: what plays an MCP server or a provider, and the contract itself. */
const LEFT_OUT = /^\/_mock\/(mcp\/|composio\/|oauth\/(authorize|result)\/|openapi\.json$)/;

/** Of the server, not of a space. */
const OF_SERVER = new Set(['spaces', 'health', 'ready', 'version']);

/** A better word than the rule's. null: another call means the same. */
const WORDS = {
    'POST /fixtures': 'load', 'GET /fixtures': 'export', 'PUT /fixtures': null,
    'PUT /clock': 'change', 'PUT /settings': null, 'PATCH /settings': 'change',
    'PUT /snapshots/{}': 'take',
};

/** A group that is a function, too: that call. */
const CALLED = { requests: 'list', fixtures: 'export' };

/** Shorter ways: of which call, with which members fixed, and which members by position. */
const SHORT = {
    fault: { of: 'POST /faults' },
    transition: { of: 'POST /connections/{}/transition', by: ['to', 'reason'] },
    snapshot: { of: 'PUT /snapshots/{}' },
    'clock.freeze': { of: 'PUT /clock', fixed: { action: 'freeze' }, by: ['at'] },
    'clock.set': { of: 'PUT /clock', fixed: { action: 'set' }, by: ['at'], needs: 1 },
    'clock.advance': { of: 'PUT /clock', fixed: { action: 'advance' }, by: ['by_seconds'], needs: 1 },
    'clock.resume': { of: 'PUT /clock', fixed: { action: 'resume' } },
    'runs.fire': { of: 'POST /triggers/{}/fire', by: ['payload'] },
    'webhooks.inbox': { of: 'GET /inbox/{}' },
};

const ref = name => ({ $ref: `#/components/schemas/${name}` });
const list = items => ({ type: 'array', items });
const object = (description, properties, required = []) => ({ type: 'object', description, properties, required });
const TEXT = { type: 'string' }, TEXT_OR_NULL = { type: ['string', 'null'] }, NUMBER = { type: 'number' }, WHOLE = { type: 'integer' };

/** Types that the contract has no name for. */
const OWN_TYPES = {
    CountRange: object('At least and at most so many.', { min: WHOLE, max: WHOLE }),
    Count: { anyOf: [WHOLE, ref('CountRange')] },
    DelayRange: object('Milliseconds, by chance between the two.', { min: WHOLE, max: WHOLE }, ['min', 'max']),
    Delay: { anyOf: [WHOLE, ref('DelayRange')] },
    JournalHeader: object('A header, redacted.', { name: TEXT, value: TEXT }, ['name', 'value']),
    JournalMessage: object('One half of an exchange, redacted.', {
        headers: list(ref('JournalHeader')), body: {},
        body_lost: { type: 'boolean', description: 'The journal dropped the body for want of room' },
    }, ['headers', 'body']),
    JournalEntry: object('One request of the journal.', {
        id: TEXT, at: TEXT, origin: { enum: ['client', 'self'], description: 'self: the mock, calling a server that it plays' },
        key: { ...TEXT_OR_NULL, description: 'E-mail address of the person whose key was sent' }, method: TEXT, path: TEXT,
        operation: TEXT_OR_NULL, status: { ...WHOLE, description: '0: none left, the connection was broken' },
        broken: TEXT_OR_NULL, fault: TEXT_OR_NULL, duration_us: WHOLE, request: ref('JournalMessage'),
        reply: ref('JournalMessage'), warning: TEXT_OR_NULL,
    }, ['id', 'at', 'origin', 'key', 'method', 'path', 'operation', 'status', 'broken', 'fault', 'duration_us', 'request',
        'reply', 'warning']),
    StreamEvent: object('One event of a stream.', {
        id: TEXT, event: { ...TEXT, description: 'message, when it has no other name' }, data: { description: 'JSON, or a text that is none' },
    }, ['event', 'data']),
    InboxEntry: object('What came to an inbox, redacted.', {
        at: TEXT, path: TEXT, headers: list(ref('JournalHeader')), body: {},
        signed: { type: ['boolean', 'null'], description: 'null: no subscription sends to this inbox' },
        webhook_id: { ...TEXT_OR_NULL, description: 'The subscription with whose secret it was signed' },
    }, ['at', 'path', 'headers', 'body', 'signed', 'webhook_id']),
    RunStepToolCall: object('A tool that a run uses.', {
        name: TEXT, arguments: { type: 'object' }, result: {}, error: TEXT,
    }, ['name']),
    RunStepHumanRequest: object('What a run asks a person.', {
        type: { enum: ['approval', 'question'] }, title: TEXT, description: TEXT_OR_NULL, questions: list({}),
    }, ['title']),
    RunStepFile: object('A file that a run makes.', { name: TEXT, content_type: TEXT, size: WHOLE }, ['name']),
    RunStep: object('One step of a run.', {
        delay_ms: WHOLE, message: TEXT, tool_call: ref('RunStepToolCall'), file: ref('RunStepFile'), human_request: ref('RunStepHumanRequest'),
        status: { enum: ['pending', 'running', 'waiting', 'completed', 'failed', 'interrupted'] },
    }),
};

/** Where the contract leaves a member open, its type. A member that is not there any more is an error. */
const CLOSED = {
    'Verify.count': ref('Count'), 'Verify.times': ref('Count'), 'FaultAction.delay_ms': ref('Delay'),
    'Match.operation': ref('OperationName'), 'RequestList.requests': list(ref('JournalEntry')),
    'OrderFault.probability': NUMBER, 'Fault.match': ref('Match'), 'Fault.action': ref('FaultAction'), 'Fault.times': WHOLE,
    'Fault.after': WHOLE, 'Fault.probability': NUMBER, 'Fault.ttl_seconds': WHOLE,
    'Fault.hits_by_operation': { type: 'object', additionalProperties: WHOLE },
    'ConsentOrder.match': ref('Match'), 'Clock.offset_ms': NUMBER,
    'Inbox.messages': list(ref('InboxEntry')),
    'OrderRun.steps': list(ref('RunStep')), 'RunScript.steps': list(ref('RunStep')),
};
const REPLIES = { 'GET /requests/{}': 'JournalEntry' };

/** What a call of an operation has arguments for besides its parameters. */
const RESERVED = new Set(['body', 'key', 'headers']);

const VERBS = { POST: 'create', PUT: 'put', PATCH: 'update', DELETE: 'clear' };
const OF_ONE = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'update', DELETE: 'delete' };
const OF_SUBJECT = { GET: 'list', DELETE: 'clear', PUT: 'put', PATCH: 'update' };

export const camel = words => words.replace(/[-_](\w)/g, (_, letter) => letter.toUpperCase());
export const snake = word => word.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`).replaceAll('-', '_');
const capital = word => word[0].toUpperCase() + word.slice(1);
const json = content => content?.['application/json']?.schema;
const named = schema => schema?.$ref?.replace('#/components/schemas/', '');

/** The schema's list, when a reply is a list with a total: its member. */
function listOf(contract, name) {
    const members = contract.components.schemas[name]?.properties ?? {};
    return 'total' in members ? Object.keys(members)[0] : undefined;
}

/** The rule: the group is the first word of the path, the name is the last word, else the verb. */
function placeOf(call, calls) {
    const key = `${call.method} ${call.shape}`;
    const words = call.shape.slice(1).split('/');
    const literals = words.filter(word => word !== '{}').map(camel);
    const others = calls.filter(other => other.shape === call.shape);
    const [group, ...rest] = literals;
    if (calls.filter(other => camel(other.shape.slice(1).split('/')[0]) === group).length === 1 && words.length === 1)
        return [undefined, group]; // alone under its word
    if (key in WORDS)
        return [group, WORDS[key]];
    if (words.at(-1) === '{}' && rest.length === 0)
        return [group, OF_ONE[call.method]];
    if (rest.length === 0 && call.method !== 'GET')
        return [group, VERBS[call.method]];
    if (rest.length === 0)
        return [group, call.list || calls.some(other => other.shape === `${call.shape}/{}`) ? 'list' : 'get'];
    const last = rest.at(-1);
    const plain = call.method === 'POST' || (call.method === 'GET' && !others.some(other => other.method === 'POST'));
    return [group, plain && words.at(-1) !== '{}' ? last
        : (words.at(-1) === '{}' ? OF_ONE : OF_SUBJECT)[call.method] + capital(last)];
}

const docOf = ({ summary, description }) => [summary, description].filter(Boolean).join('. ').replace(/([^.])$/, '$1.');

function readCall(contract, path, method, operation) {
    const [, reply] = Object.entries(operation.responses).find(([code]) => code.startsWith('2')) ?? [];
    const body = operation.requestBody && json(operation.requestBody.content);
    const parameters = operation.parameters ?? [];
    const shape = path.replace('/_mock', '').replace(/\{\w+\}/g, '{}'), verb = method.toUpperCase();
    return {
        id: operation.operationId, method: verb, path, shape, isJson: Boolean(json(reply?.content)),
        doc: docOf(operation),
        params: parameters.filter(one => one.in === 'path').map(one => one.name),
        query: parameters.filter(one => one.in === 'query' && one.name !== 'format'), // each call has one shape
        body: named(body) ?? (body ? '' : undefined), bodyRequired: operation.requestBody?.required === true,
        reply: REPLIES[`${verb} ${shape}`] ?? named(json(reply?.content)), list: listOf(contract, named(json(reply?.content))),
    };
}

function readCalls(contract) {
    const all = Object.entries(contract.paths).filter(([path]) => path.startsWith('/_mock/') && !LEFT_OUT.test(path))
        .flatMap(([path, item]) => Object.entries(item).filter(([, one]) => one.operationId)
            .map(([method, one]) => readCall(contract, path, method, one)));
    const calls = all.filter(call => call.isJson);
    for (const call of calls)
        [call.group, call.name] = placeOf(call, calls);
    return calls.filter(call => call.name !== null);
}

/** { kind, name }: what a call of an operation answers. */
function replyOf(operation) {
    const all = Object.entries(operation.responses).filter(([code]) => /^[23]/.test(code)).map(([code, reply]) => [code, reply.content ?? {}]);
    const types = new Set(all.flatMap(([, content]) => Object.keys(content)));
    if (types.has('application/json'))
        return { kind: 'json', either: types.has('text/event-stream'), name: types.size === 1 ? named(json(all.find(([, content]) => json(content))[1])) : undefined };
    if (types.has('text/event-stream'))
        return { kind: 'stream', name: 'StreamEvent' };
    return { kind: types.size || all.some(([code]) => code.startsWith('3')) ? 'text' : all.length ? 'nothing' : 'json' };
}

function readOperation(path, method, operation) {
    const parameters = (operation.parameters ?? []).filter(one => one.in !== 'header');
    const [[type, body] = []] = Object.entries(operation.requestBody?.content ?? {});
    const clash = parameters.find(one => RESERVED.has(one.name));
    if (clash)
        throw new Error(`${operation.operationId} has a parameter ${clash.name}, which means something else in a call`);
    return {
        id: operation.operationId, method: method.toUpperCase(), path, doc: docOf(operation), parameters,
        query: parameters.filter(one => one.in === 'query').map(one => one.name),
        keyed: operation.security.length > 0, form: type === 'application/x-www-form-urlencoded',
        body: body && (named(body.schema) ?? ''), bodyRequired: operation.requestBody?.required === true, reply: replyOf(operation),
    };
}

/** Operations that are called by their ids: those of the API, and of /_mock what has no call of its own. */
function readOperations(contract, calls) {
    const others = new Set(calls.map(call => call.id));
    return Object.entries(contract.paths).flatMap(([path, item]) => Object.entries(item)
        .filter(([, one]) => one.operationId && !others.has(one.operationId))
        .map(([method, one]) => readOperation(path, method, one)));
}

/** A call whose body has its members as arguments; a document is one argument. */
function hasMembers(contract, call) {
    const schema = contract.components.schemas[call.body];
    return Boolean(schema?.properties) && call.body !== 'Fixtures';
}

function closeTypes(schemas) {
    for (const [place, type] of Object.entries(CLOSED)) {
        const [name, member] = place.split('.');
        const members = schemas[name]?.properties;
        if (!members?.[member])
            throw new Error(`the contract has no ${place}: docker/packages/generate/model.mjs closes its type`);
        members[member] = { description: members[member].description, ...type };
    }
}

/** What stands under a name: a call, or a group of calls, each under its name. */
function place(tree, group, name, entry) {
    const at = group ? tree[group] ??= {} : tree;
    if (name in at || 'call' in at)
        throw new Error(`two calls are ${[group, name].filter(Boolean).join('.')}: one is ${entry.call.id}`);
    at[name] = entry;
}

export function readModel(contract, names) {
    const calls = readCalls(contract);
    const byKey = new Map(calls.map(call => [`${call.method} ${call.shape}`, call]));
    const space = {}, server = {};
    for (const call of calls) {
        call.members = hasMembers(contract, call);
        place(OF_SERVER.has(call.group ?? call.name) ? server : space, call.group, call.name, { call });
    }
    for (const [as, { of, ...how }] of Object.entries(SHORT)) {
        const [group, name] = as.includes('.') ? as.split('.') : [undefined, as];
        if (byKey.has(of))
            place(space, group, name, { call: byKey.get(of), ...how });
    }
    const taken = Object.keys(OWN_TYPES).find(name => name in contract.components.schemas);
    if (taken)
        throw new Error(`the contract has a ${taken} now: docker/packages/generate/model.mjs has one of its own`);
    const schemas = structuredClone(contract.components.schemas);
    closeTypes(schemas);
    const operationNames = { enum: names.operations, description: 'Every name of an operation that faults, verify and the journal take.' };
    const options = names.options.map(option => ({ ...option, name: camel(option.flag) }));
    const types = { OperationName: operationNames, ...OWN_TYPES, ...schemas };
    return { calls, space, server, called: CALLED, schemas: types, options, operations: readOperations(contract, calls) };
}

/** Whether an entry of the tree is a group. */
export const isGroup = entry => !('call' in entry);

/** The name of a schema in a package: the languages have an Error of their own. */
export const typeName = name => (name === 'Error' ? 'ApiError' : name);
