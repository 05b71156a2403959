// The fixtures of each runner, as a strict compiler sees them.

import { test as nodeTest, createTest } from 'duvo-mock/node-test';
import { test as jestTest } from 'duvo-mock/jest';
import { test as vitestTest } from 'duvo-mock/vitest';
import { test as playwrightTest } from 'duvo-mock/playwright';
import type { MockSpace } from 'duvo-mock';

async function use(space: MockSpace): Promise<void> {
    await space.verify({ match: {}, count: 0 });
}

nodeTest('one', async ({ space, mock }, t) => { t.diagnostic(mock.url); await use(space); });
nodeTest('two', { timeout: 1000 }, ({ space }) => use(space));
createTest({ mock: { consent: 'auto' }, space: { fixtures: 'empty' } })('three', ({ space }) => use(space));
jestTest('one', ({ space }) => use(space));
jestTest.only('two', ({ mock }) => use(mock as unknown as MockSpace), 1000);
vitestTest('one', async ({ space, expect }) => { expect(space.key).toBeTruthy(); await use(space); });
playwrightTest.use({ mockOptions: { consent: 'auto' }, spaceOptions: { fixtures: 'empty' } });
playwrightTest('one', async ({ page, space }) => { await page.goto(space.url); await use(space); });

// @ts-expect-error: no such fixture
nodeTest('four', ({ spice }) => use(spice));
// @ts-expect-error: no such fixture
vitestTest('two', async ({ spice }) => use(spice));
