// Operations by their ids: requests of the API as a client of it makes them.

'use strict';

const { operations } = require('./generated.js');
const { MockError, sendOnce } = require('./http.js');
const { check } = require('./options.js');
const { pathOf, queryOf } = require('./url.js');

const EITHER = 'application/json, text/event-stream'; // a client of MCP has to take both
const TYPES = { json: 'application/json', form: 'application/x-www-form-urlencoded' };

/** { text, type } of a body; nothing without one. */
function encoded(row, body) {
    if (body === undefined)
        return {};
    return { text: row.body === 'form' ? queryOf(body).slice(1) : JSON.stringify(body), type: TYPES[row.body] };
}

async function callOperation(client, operation, args = {}, { key = client.key, headers } = {}) {
    check('call', { [operation]: true }, Object.keys(operations), 'operation');
    const row = operations[operation], { body, ...parameters } = args;
    const inPath = [...row.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    check(operation, args, [...inPath, ...row.query ?? [], ...row.body ? ['body'] : []], 'parameter');
    const path = pathOf(row.path, operation, name => parameters[name]);
    const query = queryOf(Object.fromEntries((row.query ?? []).map(name => [name, parameters[name]])));
    const { text, type } = encoded(row, body);
    const reply = await sendOnce(client.server, row.method, client.url + path + query, text,
        { ...row.keyed && { authorization: `Bearer ${key}` }, ...type && { 'content-type': type },
            ...row.either && { accept: EITHER }, ...headers });
    if (reply.status >= 400)
        throw new MockError(operation, reply.status, reply.body);
    return reply.body;
}

module.exports = { callOperation };
