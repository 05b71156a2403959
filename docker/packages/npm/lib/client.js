// The objects that a suite holds: a mock, and its spaces. Their calls are made of the table in generated.js.

'use strict';

const table = require('./generated.js');
const { callOperation } = require('./operations.js');
const { MockError, send } = require('./http.js');
const { pathOf, queryOf } = require('./url.js');
const { verifyError } = require('./verify.js');

// Node 18 has none.
Symbol.asyncDispose ??= Symbol.for('Symbol.asyncDispose');

/** The arguments of a call, taken apart: those of the path, then the body or its members, then the query. */
function takeApart(row, name, args) {
    const rest = [...args];
    const path = pathOf(row.path, name, () => rest.shift());
    let body = row.body && !row.by ? rest.shift() : undefined;
    if (row.by)
        body = { ...row.fixed, ...Object.fromEntries(row.by.map(member => [member, rest.shift()])) };
    const query = row.query && !row.by ? queryOf(rest.shift()) : '';
    if (rest.length)
        throw new TypeError(`${name}: too many arguments`);
    return { path: path + query, body };
}

async function fail(client, row, body, reply) {
    if (row.id !== 'verifyRequests' || reply.status !== 422)
        throw new MockError(row.id, reply.status, reply.body);
    throw verifyError(body, reply.body, await client.requests({ limit: 1000 }).catch(() => []));
}

function makeCall(client, row, name) {
    return async (...args) => {
        const { path, body } = takeApart(row, name, args);
        const reply = await send(client.server, row.method, client.url + path, body);
        if (reply.status >= 400)
            await fail(client, row, body, reply);
        return row.list ? reply.body[row.list] : reply.body;
    };
}

function addCalls(to, client, rows, prefix = '') {
    for (const [name, row] of Object.entries(rows).filter(([key]) => key)) {
        if (row.path) {
            to[name] = makeCall(client, row, prefix + name);
            continue;
        }
        const called = row[''] && makeCall(client, row[row['']], name);
        addCalls(to[name] = called ?? {}, client, row, `${name}.`);
    }
}

/** A world of its own: data, ids, clock, faults, journal. */
class Client {
    constructor(server, { name, url, key }) {
        Object.defineProperty(this, 'server', { value: server });
        this.name = name;
        this.url = url;
        this.key = key;
        addCalls(this, this, table.space);
    }

    get ca() {
        return this.server.ca;
    }

    /** An operation of the API, by its id. */
    call(operation, args, options) {
        return callOperation(this, operation, args, options);
    }
}

class MockSpace extends Client {
    constructor(mock, { name, base_url: url, api_key: key }) {
        super(mock.server, { name, url, key });
        Object.defineProperty(this, 'mock', { value: mock });
    }

    /** Drops it, with all that it holds. That it is gone already is no error. */
    async drop() {
        try {
            await this.mock.spaces.delete(this.name);
        } catch (error) {
            if (error.status !== 404)
                throw error;
        }
    }

    [Symbol.asyncDispose]() {
        return this.drop();
    }
}

/** The mock: the calls of its default space, those of the server, and spaces. */
class Mock extends Client {
    constructor(server, { url, key, end }) {
        super(server, { name: 'default', url, key });
        addCalls(this, this, table.server);
        let stopping;
        /** Stops the server, if startMock started it; done when the process is gone. */
        this.stop = () => (stopping ??= Promise.resolve(end?.()).finally(() => server.agent.destroy()));
    }

    /** Makes a space: { name, fixtures, ttl_seconds }. */
    async space(options = {}) {
        return new MockSpace(this, await this.spaces.create(options));
    }

    [Symbol.asyncDispose]() {
        return this.stop();
    }
}

module.exports = { Mock, MockSpace };
