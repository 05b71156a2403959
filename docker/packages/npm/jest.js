// test of Jest with a space for each: test('…', async ({ space, mock }) => { … }). The server ends with the file.

'use strict';

const { Suite } = require('./lib/suite.js');

/** Jest's globals, also where they are not injected. */
const runner = typeof globalThis.test === 'function' ? globalThis : require('@jest/globals');

/** The same with options: { mock: those of startMock, space: those of mock.space }. */
function createTest(options) {
    const suite = new Suite(options);
    runner.afterAll(() => suite.stop());
    const wrap = run => (name, body, ms) => run(name, () => suite.withSpace(body), ms);
    return Object.assign(wrap(runner.test), {
        only: wrap(runner.test.only), skip: wrap(runner.test.skip), todo: runner.test.todo,
        concurrent: wrap(runner.test.concurrent),
    });
}

module.exports = { test: createTest(), createTest };
