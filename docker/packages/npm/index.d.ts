/// <reference lib="esnext.disposable" />

import type { MakeSpace, ServerCalls, ServerOptions, SpaceCalls } from './lib/generated.js';

export * from './lib/generated.js';

/** A world of its own: data, ids, clock, faults, journal. */
export interface MockSpace extends SpaceCalls {
    readonly name: string;
    /** The base URL for an SDK: the API's paths go behind it. */
    readonly url: string;
    /** An API key of its owner. */
    readonly key: string;
    /** The authority of the mock's certificate in PEM, with `tls: 'auto'`. */
    readonly ca: string | undefined;
    readonly mock: Mock;
    /** Drops it, with all that it holds. */
    drop(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}

/** The mock: the calls of its default space, those of the server, and spaces. */
export interface Mock extends SpaceCalls, ServerCalls {
    readonly name: string;
    readonly url: string;
    readonly key: string;
    /** The authority of the mock's certificate in PEM, with `tls: 'auto'`. */
    readonly ca: string | undefined;
    /** Makes a space. */
    space(options?: MakeSpace): Promise<MockSpace>;
    /** Stops the server, if startMock started it. */
    stop(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}

/** A mock that startMock started. */
export interface StartedMock extends Mock {
    /** The end of what the server wrote on stderr. */
    readonly log: string;
    readonly pid: number;
}

export interface AttachOptions {
    /** An API key of the default space; dv_test_owner when left out. */
    key?: string;
    /** What --admin-token asks for. */
    adminToken?: string;
    /** The authority of its certificate in PEM; on this machine it is asked for. */
    ca?: string;
}

/** The mock refused a call of the control plane. */
export declare class MockError extends Error {
    readonly operation: string;
    readonly status: number;
    readonly body: unknown;
}

/** Starts a server on a free port. It ends with this process, however that ends. */
export declare function startMock(options?: ServerOptions): Promise<StartedMock>;
/** Uses a server that runs already. */
export declare function attachMock(url: string, options?: AttachOptions): Promise<Mock>;
/** The path of the program. */
export declare function findBinary(): string;
