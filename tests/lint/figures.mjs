// The size of server/ in figures. Usage: node tests/lint/figures.mjs

import { readFileSync, readdirSync } from 'node:fs';

const SHORT_HEADER = 15, LONG_FUNCTION = 60;

const paths = readdirSync('server', { recursive: true }).map(name => `server/${name}`);
const linesOf = path => readFileSync(path, 'utf8').split('\n').slice(0, -1);
const files = new Map(paths.filter(path => /\.(c|h|def)$/.test(path)).map(path => [path, linesOf(path)]));

/** [{ path, name, lines }] of a file: a body begins and ends with a brace alone at the left, and its head comes after a
 *  blank line or a comment. */
function functionsOf([path, lines]) {
    const found = [];
    for (let open = lines.indexOf('{'); open >= 0; open = lines.indexOf('{', open + 1)) {
        let head = open;
        while (head > 0 && /^[^#/}]/.test(lines[head - 1]) && !lines[head - 1].endsWith('*/'))
            head--;
        const name = /(\w+)\(/.exec(lines.slice(head, open).join(' '))?.[1];
        found.push({ path, name, lines: lines.indexOf('}', open) - head + 1 });
    }
    return found;
}

const functions = [...files].filter(([path]) => /\.[ch]$/.test(path)).flatMap(functionsOf).sort((a, b) => a.lines - b.lines);
const at = share => functions[Math.min(functions.length - 1, Math.floor(functions.length * share))].lines;
const long = functions.filter(one => one.lines > LONG_FUNCTION).reverse();
const short = [...files].filter(([path, lines]) => path.endsWith('.h') && lines.length <= SHORT_HEADER);

// A name that several files give to a function of their own says nothing in a backtrace.
const count = new Map();
for (const { name } of functions)
    count.set(name, (count.get(name) ?? 0) + 1);
const shared = [...count].filter(([, n]) => n > 1).sort((a, b) => b[1] - a[1]);

const print = (what, figure, more = '') => console.log(`${what.padEnd(36)} ${String(figure).padStart(6)}  ${more}`.trimEnd());
print('lines of .c, .h, .def', [...files.values()].reduce((n, lines) => n + lines.length, 0));
print('files', files.size);
print(`headers of at most ${SHORT_HEADER} lines`, short.length, short.map(([path]) => path.replace('server/', '')).join(' '));
print('functions', functions.length);
print('median function, lines', at(0.5));
print('p90', at(0.9));
print('longest', functions.at(-1).lines, functions.at(-1).name);
print(`functions above ${LONG_FUNCTION} lines`, long.length, long.map(one => one.name).join(' '));
print('names that several functions have', shared.length, shared.slice(0, 10).map(([name, n]) => `${name} ${n}`).join(', '));
