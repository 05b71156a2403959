// The programs beside an operation of the console's reference: what a reader sees of them, and what they print.

import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a reader sees of a program: curl, node, python. */
export const program = (page, name) => page.locator(`[data-program=${name}]`).evaluate(pre => {
    pre.closest('details').open = true;
    return pre.innerText;
});

/** Runs a program of JavaScript or Python with our packages as they stand here; what it prints, as JSON prints it. */
export function run(language, source) {
    const env = { ...process.env, KEY: 'dv_test_owner', PYTHONPATH: resolve('docker/packages/python'), PYTHONDONTWRITEBYTECODE: '1' };
    const text = language === 'node' ? source.replace('"duvo-mock"', JSON.stringify(pathToFileURL('docker/packages/npm/index.mjs')))
        .replace('console.log(reply)', 'console.log(JSON.stringify(reply))')
        : `import json\n${source.replace('print(reply)', 'print(json.dumps(reply))')}`;
    const [file, args] = language === 'node' ? ['node', ['--input-type=module', '-e']] : ['python3', ['-c']];
    return JSON.parse(execFileSync(file, [...args, text], { env, encoding: 'utf8', stdio: 'pipe' }));
}

/** Runs a command of a shell; what it prints. */
export const runShell = source => execFileSync('sh', ['-c', source],
    { env: { ...process.env, KEY: 'dv_test_owner' }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
