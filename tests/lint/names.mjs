// One meaning for a name: what a header defines is defined nowhere else.

import { lineAt, strip } from './c.mjs';

const isServer = path => /^server\/.*\.[ch]$/.test(path);

/** The enumerators of an enum's body: their names, values and attributes left out. */
function enumerators(body, offset) {
    const found = [];
    for (let at = 0, depth = 0, wanted = true; at < body.length; at++) {
        if ('([{'.includes(body[at]))
            depth++;
        else if (')]}'.includes(body[at]))
            depth--;
        else if (body[at] === ',' && depth === 0)
            wanted = true;
        else if (wanted && /[A-Za-z_]/.test(body[at])) {
            const name = /^\w+/.exec(body.slice(at))[0];
            found.push({ name, at: offset + at });
            at += name.length - 1;
            wanted = false;
        }
    }
    return found;
}

/**
 * [{ name: "struct x", "enum x" or an enumerator, key, line }] of what a text of C defines. Preprocessor lines do not
 * count. Things of one key share their name: in C all tags do, whatever kind they are of.
 */
export function definitions(text) {
    const bare = strip(text).replace(/^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm, part => part.replace(/[^\n]/g, ' '));
    const found = [];
    for (const match of bare.matchAll(/\b(struct|union|enum)\s+(\w+)?\s*\{/g)) {
        if (match[2])
            found.push({ name: `${match[1]} ${match[2]}`, at: match.index });
        if (match[1] !== 'enum')
            continue;
        const start = match.index + match[0].length;
        const end = bare.indexOf('}', start);
        found.push(...enumerators(bare.slice(start, end), start));
    }
    return found.map(({ name, at }) => ({ name, key: name.replace(/^\w+ /, 'tag '), line: lineAt(bare, at) }));
}

const cache = new WeakMap();

/** key -> paths of the headers that define it. */
function inHeaders(files) {
    if (!cache.has(files)) {
        const names = new Map();
        for (const file of files.values())
            if (isServer(file.path) && file.path.endsWith('.h'))
                for (const { key } of definitions(file.text))
                    names.set(key, [...names.get(key) ?? [], file.path]);
        cache.set(files, names);
    }
    return cache.get(files);
}

export const oneMeaning = {
    name: 'one-meaning',
    files: isServer,
    check: (file, files) => definitions(file.text).flatMap(({ name, key, line }) => {
        const others = (inHeaders(files).get(key) ?? []).filter(path => path !== file.path);
        // Of two headers the later one is told.
        const told = others.filter(path => file.path.endsWith('.c') || path < file.path);
        return told.length ? [[line, `${name} is defined in ${told[0]}, too`]] : [];
    }),
};
