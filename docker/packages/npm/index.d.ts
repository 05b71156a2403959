/// <reference lib="esnext.disposable" />

import type { MakeSpace, Operations, ServerCalls, ServerOptions, SpaceCalls } from './lib/generated.js';

export * from './lib/generated.js';

/** The id of an operation of the API, or of one of /_mock that has no call of its own. */
export type OperationId = keyof Operations;

export interface CallOptions {
    /** An API key; that of the owner when left out. */
    key?: string | undefined;
    /** Headers to send besides. */
    headers?: Record<string, string>;
}

/** Nothing has to be given where nothing is required. */
type CallArguments<O extends OperationId> = {} extends Operations[O]['args']
    ? [args?: Operations[O]['args'], options?: CallOptions] : [args: Operations[O]['args'], options?: CallOptions];

/** Requests of the API. */
export interface OperationCalls {
    /** Calls an operation once, and answers its reply's body: JSON, a text, where a redirect leads, or a stream's events.
     *  A MockError when the API refuses. */
    call<O extends OperationId>(operation: O, ...given: CallArguments<O>): Promise<Operations[O]['reply']>;
}

/** A world of its own: data, ids, clock, faults, journal. */
export interface MockSpace extends SpaceCalls, OperationCalls {
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
export interface Mock extends SpaceCalls, ServerCalls, OperationCalls {
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
    key?: string | undefined;
    /** What --admin-token asks for. */
    adminToken?: string | undefined;
    /** The authority of its certificate in PEM; on this machine it is asked for. */
    ca?: string;
}

/** The mock refused a call. */
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
