// Writes the generated halves of the npm and the Python package, and what the console calls their methods.
// Usage: node docker/packages/generate/index.mjs SERVER [--check]   --check: write nothing, exit 1 and name stale files

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { readModel } from './model.mjs';
import { declarations, program } from './typescript.mjs';
import { calls, operations, types } from './python.mjs';
import { clientCalls } from './console.mjs';

const [server, flag] = process.argv.slice(2);
const describe = (...parts) => JSON.parse(execFileSync(server, ['describe', ...parts], { encoding: 'utf8', maxBuffer: 1 << 26 }));
const model = readModel(describe(), describe('--names'));

const root = new URL('../../../', import.meta.url).pathname;
const files = {
    'npm/lib/generated.js': program(model),
    'npm/lib/generated.d.ts': declarations(model),
    'python/duvo_mock/types.py': types(model),
    'python/duvo_mock/_calls.py': calls(model),
    'python/duvo_mock/_operations.py': operations(model),
    '../../server/contract/clients.def': clientCalls(model),
};

let stale = 0;
for (const [name, text] of Object.entries(files)) {
    const path = new URL(`../${name}`, import.meta.url);
    let old = '';
    try {
        old = readFileSync(path, 'utf8');
    } catch { /* it is made now */ }
    if (old === text)
        continue;
    stale++;
    if (flag === '--check')
        console.log(`${path.pathname.replace(root, '')} is stale: run make clients`);
    else
        writeFileSync(path, text);
}
process.exit(flag === '--check' && stale ? 1 : 0);
