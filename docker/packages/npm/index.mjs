import duvoMock from './index.js';

export const { startMock, attachMock, MockError, findBinary } = duvoMock;
