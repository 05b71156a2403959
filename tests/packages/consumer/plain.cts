// The same as CommonJS.

import duvoMock = require('duvo-mock');

async function main(): Promise<void> {
    const mock: duvoMock.Mock = await duvoMock.startMock();
    const space = await mock.space();
    await space.verify({ match: { operation: 'listConnections' }, count: 0 });
    // @ts-expect-error: no such operation
    await space.requests({ operation: 'listConnection' });
    await mock.stop();
}

export = main;
