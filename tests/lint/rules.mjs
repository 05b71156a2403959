// The rules. Each is { name, files: path -> bool, check: (file, all files by path) -> [[line, text]] }.
// plants.mjs proves that each bites.

import { entries, includes, lineAt, strip } from './c.mjs';
import { oneMeaning } from './names.mjs';
import { resources } from './resources.mjs';
import { circles, oneDirection } from './rooms.mjs';

const COLUMNS = 120;
const COLUMNS_OF_TABLES = 200;
const LINES_WARN = 500;
const LINES_FAIL = 700;
const MIN_PROSE = 30;

const inServer = path => /^server\/.*\.[ch]$/.test(path);
const isC = path => /\.[ch]$/.test(path);
const isSource = path => /(\.(c|h|S|def|sql|mjs|js|sh|css|html|json|md|http)|Makefile)$/.test(path);
const anyFile = () => true;

// --- who may include what ------------------------------------------------------------------------------------

/** The rule that only some files may include a foreign header. */
function ownedBy(name, header, owner) {
    return {
        name,
        files: path => inServer(path) && !owner.test(path),
        check: ({ text }) => includes(text).filter(one => header.test(one.name))
            .map(one => [one.line, `only ${owner.source} may include ${one.name}`]),
    };
}

const owners = [
    ownedBy('owner-microhttpd', /^microhttpd\.h$/, /^server\/http(_reply|_visit)?\.c$/),
    ownedBy('owner-sqlite', /^sqlite3(ext)?\.h$/, /^server\/store\//),
    ownedBy('owner-jansson', /^jansson(_config)?\.h$/, /^server\/spec\//),
    ownedBy('owner-curl', /^curl\//, /^server\/net\/(outbound|hop|url|curl)\.[ch]$/),
    ownedBy('owner-gnutls', /^gnutls\//, /^server\/net\/tls(_\w+)?\.[ch]$/),
    ownedBy('owner-uriparser', /^uriparser\//, /^server\/base\/uri\.c$/),
    ownedBy('owner-sodium', /^sodium(\.h$|\/)/, /^server\/base\//),
];

// --- banned functions --------------------------------------------------------------------------------------

/** The rule that none of these functions is called. */
function banned(name, files, functions, why) {
    const call = new RegExp(`(?<![\\w.>])(${functions})\\s*\\(`, 'g');
    return {
        name,
        files,
        check: ({ text }) => {
            const bare = strip(text);
            return [...bare.matchAll(call)].map(match => [lineAt(bare, match.index), `${match[1]}: ${why}`]);
        },
    };
}

const isHandler = path => /^server\/(api|oauth|mcp|control)\//.test(path) && isC(path);
const functions = [
    banned('banned-text', isC, 'v?sprintf|strn?cpy|stpn?cpy|strn?cat|gets|strtok|alloca',
        'write into a bounded buffer'),
    banned('banned-number', isC, 'ato[ifl]|atoll', 'use a parser that reports errors'),
    banned('banned-time', isC, 'gmtime|localtime|asctime|ctime', 'use the _r form'),
    banned('banned-random', isC, 's?rand|s?random|[dlm]rand48', 'use base/random.h'),
    banned('banned-reveal', path => inServer(path) && isC(path) &&
        !/^server\/(base\/secret|net\/(outbound|hop|url|curl|webhook_signature)|router\/idempotency|mcp\/client\/(quote|token|callback)|oauth\/outcome|control\/webhooks)\.[ch]$/.test(path),
    'secret_reveal', 'a secret stays one; what has to be sent on is sent by the files that this rule names'),
    banned('banned-shell', inServer, 'system|popen', 'a server runs no shell'),
    banned('banned-printf', isHandler, 'v?[fd]?printf|puts|fputs|putchar|putc|fputc|fwrite|perror',
        'a handler writes only its reply'),
    banned('banned-clock', path => inServer(path) && !/^server\/base\/clock\.c$/.test(path),
        'clock_gettime|gettimeofday|time|ftime', 'only base/clock.c reads the clock'),
    banned('banned-entropy', path => inServer(path) && !/^server\/base\/(random|secret)\.c$/.test(path),
        'getrandom|getentropy|arc4random\\w*|randombytes_\\w+',
        'only base/random.c and base/secret.c read the random source'),
];

// --- SQL ---------------------------------------------------------------------------------------------------

const EXEMPT = /\/\*\s*no space: \S.*\*\//;

/** What is wrong with a statement, or null. Every table that it names has to be bound to the space. */
function spaceProblem(sql) {
    if (!/\?1(?!\d)/.test(sql))
        return 'does not bind ?1';
    const temporary = new Set([...sql.matchAll(/\b(\w+)\s*(?:\([^()]*\)\s*)?AS\s*(?:MATERIALIZED\s*)?\(/gi)]
        .map(match => match[1].toLowerCase()));
    const tables = [...sql.matchAll(/\b(?:FROM|JOIN|INTO|(?<!DO\s)UPDATE)\s+([a-z_]\w*)(?!\w*\s*\()/gi)]
        .concat([...sql.matchAll(/\bINTO\s+([a-z_]\w*)\s*\(/gi)])
        .map(match => match[1].toLowerCase()).filter(name => !temporary.has(name));
    const own = tables.filter(name => name === 'spaces').length;    // ?1 is its id
    const bound = [...sql.matchAll(/\bspace\s*=\s*(\?1(?!\d)|\w+\.space\b)/gi)].length +
        [...sql.matchAll(/\bINTO\s+\w+\s*\(\s*space\b|\(\s*space\s*,[^()]*\)\s*(IN\b|=)/gi)].length;
    return bound < tables.length - own
        ? `names ${tables.join(', ')} but binds the space ${bound} times` : null;
}

const space = {
    name: 'space-bound',
    files: path => path === 'server/store/sql.def',
    check: ({ text }) => entries(text).filter(entry => !EXEMPT.test(entry.comment)).flatMap(entry => {
        const problem = spaceProblem(entry.sql);
        return problem ? [[entry.line, problem]] : [];
    }),
};

const spaceList = {
    name: 'space-list',
    files: path => path === 'server/store/sql.def',
    check: ({ text }) => entries(text).some(entry => entry.sql) ? [] : [[1, 'no statement was found in it']],
};

// --- layout ------------------------------------------------------------------------------------------------

/** The rule that no line matches a pattern. */
function noLine(name, files, pattern, text) {
    return {
        name,
        files,
        check: file => file.lines.flatMap((line, index) => pattern.test(line) ? [[index + 1, text]] : []),
    };
}

/** The rule that a file has at most so many lines. */
function atMost(name, max) {
    return {
        name,
        files: isC,
        check: ({ lines: { length } }) => length - 1 > max ? [[1, `${length - 1} lines, more than ${max}`]] : [],
    };
}

const lastNewline = {
    name: 'last-newline',
    files: isSource,
    check: ({ text, lines }) => text && !text.endsWith('\n') || text.endsWith('\n\n')
        ? [[text.endsWith('\n') ? lines.length - 1 : lines.length, 'a file ends with one newline']] : [],
};

/** The rule that no line is longer than so many columns. */
function widest(name, files, max) {
    return {
        name,
        files,
        check: ({ lines }) => lines.flatMap((line, index) =>
            [...line].length > max ? [[index + 1, `${[...line].length} columns, more than ${max}`]] : []),
    };
}

const isStatements = path => /\/sql\.def$/.test(path);
const columns = widest('columns', path => isC(path) || isStatements(path), COLUMNS);
const columnsOfTables = widest('columns-of-tables', path => /\.def$/.test(path) && !isStatements(path), COLUMNS_OF_TABLES);

/** The name of a header's guard: where it stands tells it for the server's own. */
const guardOf = path => path.startsWith('server/') ? `DUVO_${path.slice(7).replace(/\W/g, '_').toUpperCase()}` : null;

const guard = {
    name: 'header-guard',
    files: path => /\.h$/.test(path),
    check: ({ path, text }) => {
        const bare = strip(text).trim();
        const name = /^#ifndef\s+(\w+)\s+#define\s+(\w+)\b[\s\S]*#endif$/.exec(bare);
        if (!name || name[1] !== name[2])
            return /^#pragma once\b/.test(bare) ? [] : [[1, 'no include guard']];
        return [null, name[1]].includes(guardOf(path)) ? [] : [[1, `its guard is to be named ${guardOf(path)}`]];
    },
};

const prose = {
    name: 'header-prose',
    files: path => /\.h$/.test(path),
    check: ({ text }) => {
        const head = /^(?:\s|#pragma once|#ifndef \w+|#define \w+\n)*\/\*([\s\S]*?)\*\//.exec(text);
        const words = head ? head[1].replace(/[\s*]+/g, ' ').trim() : '';
        return words.length >= MIN_PROSE ? [] : [[1, 'begin with a comment on what the module promises']];
    },
};

// Written in pieces, so that this file does not break its own rule.
const WORKPLACE = [['/wo', 'rk/'], ['/fa', 'rm/'], ['registry.np', 'mjs.org'], ['registry.ya', 'rnpkg.com'],
    ['deb.deb', 'ian.org'], ['pypi', '.org']].map(parts => parts.join('').replace(/[./]/g, '\\$&'));
const layout = [
    noLine('no-tabs', path => /\.([ch]|def|mjs|sql)$/.test(path), /\t/, 'a tab'),
    noLine('no-trailing-blanks', isSource, /[ \t\r]$/, 'blanks at the end of the line'),
    lastNewline,
    columns,
    columnsOfTables,
    atMost('file-length', LINES_FAIL),
    guard,
    prose,
    noLine('no-workplace', anyFile, new RegExp(`(^|[^\\w.])(${WORKPLACE.join('|')})|"resol` + 'ved":\\s*"https?:'),
        'names a place of the machine that it was written on, or a package host'),
];

/** Every rule. listed: the circles of files that there may be (circles.mjs); exceptions: of tables (resources.mjs). */
export const rules = (listed, exceptions) =>
    [oneDirection, circles(listed), oneMeaning, ...owners, ...functions, space, spaceList, resources(exceptions), ...layout];
export const warnings = [atMost('file-length-warning', LINES_WARN)];
