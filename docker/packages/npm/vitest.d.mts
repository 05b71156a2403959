import type { TestAPI } from 'vitest';
import type { MakeSpace, Mock, MockSpace, ServerOptions } from './index.js';

/** test of Vitest, with a space for each. */
export type Test = TestAPI<{ space: MockSpace; mock: Mock }>;

export declare const test: Test;
/** The same with options of the server and of each space. */
export declare function createTest(options?: { mock?: ServerOptions; space?: MakeSpace }): Test;
