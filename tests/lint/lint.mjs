// Checks what the compiler cannot: who may include what, banned functions, the space in every SQL statement, layout.
// Usage: node tests/lint/lint.mjs [--self-test] [DIR]
// Every rule is first tried on a small tree with a planted violation (--self-test: that alone), then DIR is checked.

import { mkdtempSync, readFileSync, rmSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listed } from './circles.mjs';
import { clean, cleanCircles, cleanExceptions, plants } from './plants.mjs';
import { exceptions } from './resources.mjs';
import { rules, warnings } from './rules.mjs';

const NOT_OURS = new Set(['.git', 'build', 'node_modules']);
const BINARY = /\.(png|ico|jpe?g|gif|woff2?|gz|db)$/;

/** Every text file below dir: [{ path, text, lines }], path relative to dir. */
function readTree(dir, below = '') {
    return readdirSync(join(dir, below), { withFileTypes: true }).flatMap(entry => {
        const path = below ? `${below}/${entry.name}` : entry.name;
        if (NOT_OURS.has(entry.name) || BINARY.test(path))
            return [];
        if (entry.isDirectory())
            return readTree(dir, path);
        if (!entry.isFile())
            return [];
        const text = readFileSync(join(dir, path), 'utf8');
        return [{ path, text, lines: text.split('\n') }];
    });
}

/** What a rule finds in the files that it is about: ["path:line: rule: text"]. */
function violations(rule, files) {
    const byPath = new Map(files.map(file => [file.path, file]));
    return files.filter(file => rule.files(file.path)).flatMap(file =>
        rule.check(file, byPath).map(([line, text]) => `${file.path}:${line}: ${rule.name}: ${text}`));
}

function write(dir, path, text) {
    mkdirSync(join(dir, dirname(path)), { recursive: true });
    writeFileSync(join(dir, path), text);
}

/** Tries every rule: silent on the clean tree, and naming the planted file (and no other) once per plant. */
function selfTest() {
    const dir = mkdtempSync(join(tmpdir(), 'lint-'));
    const all = [...rules(cleanCircles, cleanExceptions), ...warnings];
    const wrong = [];
    let count = 0;
    try {
        for (const [path, text] of Object.entries(clean))
            write(dir, path, text);
        const cleanFiles = readTree(dir);
        for (const rule of all) {
            count++;
            wrong.push(...violations(rule, cleanFiles).map(found => `self-test, clean tree: ${found}`));
            if (!plants.some(plant => plant.rule === rule.name))
                wrong.push(`self-test: nothing is planted for rule ${rule.name}`);
        }
        for (const plant of plants) {
            count++;
            const planted = { ...plant.beside, [plant.path]: plant.text };
            for (const [path, text] of Object.entries(planted))
                write(dir, path, text);
            const rule = all.find(one => one.name === plant.rule);
            const found = rule ? violations(rule, readTree(dir)) : [];
            if (found.length !== 1 || !found[0].startsWith(`${plant.at ?? plant.path}:${plant.line ?? 1}:`))
                wrong.push(`self-test: ${plant.rule} found [${found.join('; ')}] in ${JSON.stringify(plant)}`);
            for (const path of Object.keys(planted)) {
                if (path in clean)
                    write(dir, path, clean[path]);
                else
                    rmSync(join(dir, path));
            }
        }
    } finally {
        rmSync(dir, { recursive: true });
    }
    return { count, wrong };
}

function lint(dir) {
    const files = readTree(dir);
    if (!files.some(file => file.path.startsWith('server/')))
        return { count: 1, wrong: [`${dir}: no server/ to check`] };
    for (const rule of warnings)
        violations(rule, files).forEach(found => console.error(`warning: ${found}`));
    const all = rules(listed, exceptions);
    const broken = all.map(rule => violations(rule, files));
    broken.flat().forEach(found => console.log(found));
    return { count: all.length, wrong: broken.filter(found => found.length).map(() => null) };
}

const args = process.argv.slice(2);
const dir = args.find(arg => !arg.startsWith('--')) ?? '.';
const results = [selfTest(), ...args.includes('--self-test') ? [] : [lint(dir)]];
const wrong = results.flatMap(result => result.wrong);
wrong.filter(Boolean).forEach(text => console.log(text));
const total = results.reduce((sum, result) => sum + result.count, 0);
console.log(`${Math.max(total - wrong.length, 0)} passed, ${wrong.length} failed`);
process.exit(wrong.length ? 1 : 0);
