// Installs the packages where nothing else is, and uses them as people do.
// Usage: node tests/packages/run.mjs VERSION FILES DIR [NAME]
//   VERSION  of the packages
//   FILES    the folder that they are in
//   DIR      where package.json is installed: other test runners, the compiler, other versions of Node
//   NAME     only the tests whose name contains it
//
// A file of cases/ exports { name: async place => … } for its tests; place.mjs says what they get.

import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { makePlace } from './place.mjs';

const [version, files, dir, wanted = ''] = process.argv.slice(2);
const place = await makePlace({ version, files: resolve(files), dir: resolve(dir) });
let passed = 0, failed = 0;
for (const file of readdirSync(new URL('cases/', import.meta.url)).sort()) {
    const { default: tests } = await import(`./cases/${file}`);
    for (const [name, test] of Object.entries(tests)) {
        if (!`${file} ${name}`.includes(wanted))
            continue;
        try {
            await test(place);
            passed++;
        } catch (error) {
            failed++;
            console.log(`FAILED ${file}: ${name}: ${error.stack}`);
        }
    }
}
place.remove();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
