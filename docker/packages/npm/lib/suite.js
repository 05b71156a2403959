// What the fixtures of all runners share: one mock, made when it is first needed, and a space for each test.
// With DUVO_MOCK in the environment that is the address of one that runs already.

'use strict';

const { attachMock, startMock } = require('./start.js');

class Suite {
    constructor({ mock = {}, space = {} } = {}) {
        this.mockOptions = mock;
        this.spaceOptions = space;
    }

    mock() {
        const address = process.env.DUVO_MOCK;
        return this.made ??= address ? attachMock(address) : startMock(this.mockOptions);
    }

    /** Calls `use` with { mock, space }; the space goes afterwards. */
    async withSpace(use) {
        const mock = await this.mock();
        const space = await mock.space(this.spaceOptions);
        try {
            return await use({ mock, space });
        } finally {
            await space.drop();
        }
    }

    /** The next test makes another one. */
    async stop() {
        const { made } = this;
        this.made = undefined;
        await (await made)?.stop();
    }
}

module.exports = { Suite };
