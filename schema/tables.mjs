// Writes what the program tells of itself into the README files, between its marks:
//     <!-- duvo-mock describe --settings -->
//     …
//     <!-- end -->
// In what it prints, <!-- example NAME --> stands for the step of that name of tests/api/control/reference.http.
// Usage: node schema/tables.mjs SERVER [--check]     --check: write nothing, exit 1 and name the files that are stale
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PLACES = ['docker', 'fixtures', 'schema', 'server', 'tests'];
const EXAMPLES = 'tests/api/control/reference.http';
const MARKED = /(<!-- duvo-mock describe (--[a-z]+) -->\n)[^]*?(<!-- end -->)/g;
const [, , server, flag] = process.argv;

function pagesBelow(dir) {
    return readdirSync(dir, { withFileTypes: true }).flatMap(entry =>
        entry.isDirectory() ? pagesBelow(join(dir, entry.name)) : entry.name === 'README.md' ? [join(dir, entry.name)] : []);
}

/** Placeholders of a test are dots for a reader. */
function forReaders(step) {
    return step
        .replace(/^@.*\n/gm, '')
        .replaceAll('{{port}}', '8787')
        .replace(/\{\{[^}]*\}\}/g, '…')
        .replaceAll('"*": "*"', '"…": "…"')
        .replaceAll('"*"]', '"…"]')
        .trim();
}

function readExamples() {
    const steps = readFileSync(EXAMPLES, 'utf8').split(/^### /m).slice(1);
    return new Map(steps.map(step => {
        const [title] = step.split('\n', 1);
        return [title, forReaders(step.slice(title.length))];
    }));
}

const examples = readExamples();

function withExamples(text) {
    return text.replace(/<!-- example (\w+) -->/g, (_, name) => {
        if (!examples.has(name))
            throw new Error(`${EXAMPLES} lacks the step ${name}`);
        return `\`\`\`http\n${examples.get(name)}\n\`\`\``;
    });
}

function described(part) {
    return withExamples(execFileSync(server, ['describe', part], { encoding: 'utf8' }));
}

let stale = 0;
for (const path of ['README.md', ...PLACES.flatMap(pagesBelow)]) {
    const text = readFileSync(path, 'utf8');
    const fresh = text.replace(MARKED, (_, begin, part, end) => begin + described(part) + end);
    if (fresh === text)
        continue;
    stale++;
    if (flag === '--check')
        console.log(`${path} is stale: run make tables`);
    else
        writeFileSync(path, fresh);
}
process.exit(flag === '--check' && stale ? 1 : 0);
