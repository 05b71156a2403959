import nodeTest from './node-test.js';

export const { test, createTest } = nodeTest;
