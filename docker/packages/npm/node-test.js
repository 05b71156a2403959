// test of node:test with a space for each: test('…', async ({ space, mock }, t) => { … }).

'use strict';

const nodeTest = require('node:test');
const { Suite } = require('./lib/suite.js');

/** The same with options: { mock: those of startMock, space: those of mock.space }. */
function createTest(options) {
    const suite = new Suite(options);
    const wrap = run => (name, ...rest) => {
        const body = rest.pop();
        return typeof body === 'function' ? run(name, ...rest, t => suite.withSpace(given => body(given, t))) : run(name, body);
    };
    return Object.assign(wrap(nodeTest.test), Object.fromEntries(['only', 'skip', 'todo'].filter(one => nodeTest.test[one])
        .map(one => [one, wrap(nodeTest.test[one])])));
}

module.exports = { test: createTest(), createTest };
