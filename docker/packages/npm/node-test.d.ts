import type { TestContext, TestOptions } from 'node:test';
import type { MakeSpace, Mock, MockSpace, ServerOptions } from './index.js';

export type Body = (given: { space: MockSpace; mock: Mock }, t: TestContext) => unknown;

export interface Run {
    (name: string, body: Body): Promise<void>;
    (name: string, options: TestOptions, body: Body): Promise<void>;
}

/** test of node:test, with a space for each. */
export interface Test extends Run {
    only: Run;
    skip: Run;
    todo: Run;
}

export declare const test: Test;
/** The same with options of the server and of each space. */
export declare function createTest(options?: { mock?: ServerOptions; space?: MakeSpace }): Test;
