// test of Vitest with a space for each: test('…', async ({ space, mock }) => { … }). The server ends with the file.

import { afterAll, test as base } from 'vitest';
import lib from './lib/suite.js';

/** The same with options: { mock: those of startMock, space: those of mock.space }. */
export function createTest(options) {
    const suite = new lib.Suite(options);
    afterAll(() => suite.stop());
    return base.extend({
        // Vitest reads the names of what is wanted off the parameters.
        mock: async ({}, use) => use(await suite.mock()), // eslint-disable-line no-empty-pattern
        space: async ({}, use) => suite.withSpace(({ space }) => use(space)), // eslint-disable-line no-empty-pattern
    });
}

export const test = createTest();
