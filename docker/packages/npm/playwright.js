// test of Playwright with a mock for each worker and a space for each test: test('…', async ({ page, space }) => { … }).
// `use: { mockOptions, spaceOptions }` in the configuration or test.use() are the options of startMock and mock.space.

'use strict';

const { test: base } = require('@playwright/test');
const { Suite } = require('./lib/suite.js');

const test = base.extend({
    mockOptions: [{}, { option: true, scope: 'worker' }],
    spaceOptions: [{}, { option: true }],
    mock: [async ({ mockOptions }, use) => {
        const suite = new Suite({ mock: mockOptions });
        await use(await suite.mock());
        await suite.stop();
    }, { scope: 'worker' }],
    space: async ({ mock, spaceOptions }, use) => {
        const space = await mock.space(spaceOptions);
        await use(space);
        await space.drop();
    },
});

module.exports = { test };
