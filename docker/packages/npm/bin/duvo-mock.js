#!/usr/bin/env node
// npx duvo-mock: the program itself, with this process's arguments, streams and signals.

'use strict';

const { spawn } = require('node:child_process');
const { findBinary } = require('../lib/binary.js');

function run(program) {
    const child = spawn(program, process.argv.slice(2), { stdio: 'inherit' });
    // From a terminal it gets them, too; a second one ends it at once, so they are passed on only when sent to us alone.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
        process.on(signal, () => { if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal); });
    child.on('error', error => { console.error(`duvo-mock: ${error.message}`); process.exit(1); });
    child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
}

try {
    run(findBinary());
} catch (error) {
    console.error(`duvo-mock: ${error.message}`);
    process.exit(1);
}
