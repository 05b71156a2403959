import type {
    PlaywrightTestArgs, PlaywrightTestOptions, PlaywrightWorkerArgs, PlaywrightWorkerOptions, TestType,
} from '@playwright/test';
import type { MakeSpace, Mock, MockSpace, ServerOptions } from './index.js';

/** test of Playwright, with a mock for each worker and a space for each test. */
export declare const test: TestType<
    PlaywrightTestArgs & PlaywrightTestOptions & { space: MockSpace; spaceOptions: MakeSpace },
    PlaywrightWorkerArgs & PlaywrightWorkerOptions & { mock: Mock; mockOptions: ServerOptions }
>;
