'use strict';

const { startMock, attachMock } = require('./lib/start.js');
const { MockError } = require('./lib/http.js');
const { findBinary } = require('./lib/binary.js');

module.exports = { startMock, attachMock, MockError, findBinary };
