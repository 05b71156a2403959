import type { MakeSpace, Mock, MockSpace, ServerOptions } from './index.js';

export type Run = (name: string, body: (given: { space: MockSpace; mock: Mock }) => unknown, timeout?: number) => void;

/** test of Jest, with a space for each. */
export interface Test extends Run {
    only: Run;
    skip: Run;
    concurrent: Run;
    todo(name: string): void;
}

export declare const test: Test;
/** The same with options of the server and of each space. */
export declare function createTest(options?: { mock?: ServerOptions; space?: MakeSpace }): Test;
