// The self-test of the rules: a small tree that breaks none of them, and for every rule files that break it.
// A plant is found in line 1 of its file unless it says otherwise (line, at: the file); beside: other files that it needs.

const header = '/* A module, so that there is something that other files can include. */\n#pragma once\n';
const sql = '/* "Never" (a comment). */\n' +
    'SQL(ONE, "SELECT a FROM things WHERE space = ?1 AND id = ?2")\n' +
    'SQL(JOINED, "SELECT a FROM things t JOIN others o ON o.space = t.space"\n' +
    '            " WHERE t.space = ?1")\n' +
    'SQL(INSERT, "INSERT INTO things (space, id) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET a = 1")\n' +
    'SQL(WITHIN, "WITH some AS (SELECT id FROM things WHERE space = ?1) SELECT id FROM some, json_each(?2)")\n' +
    'SQL(PAIRS, "DELETE FROM things WHERE (space, id) IN (SELECT space, id FROM others WHERE space = ?1)")\n' +
    'SQL(SPACE, "SELECT revision FROM spaces WHERE id = ?1")\n' +
    'SQL(ALL, "SELECT name FROM spaces")  /* no space: the list of them */\n' +
    'SQL(EXPORT_THINGS, "SELECT a FROM things WHERE space = ?1")\n' +
    'SQL(SPACE_COUNTS, "SELECT (SELECT count(*) FROM things WHERE space = ?1)")\n' +
    'SQL(ID_TAKEN, "SELECT 1 FROM things WHERE space = ?1 AND id = ?2")\n' +
    'SQL(THING_DELETE_ALL, "DELETE FROM things WHERE space = ?1")\n';
const table = (name, ...columns) => `CREATE TABLE ${name} (\n${columns.map(one => `    ${one}`).join(',\n')}\n) STRICT;\n`;
const ofSpace = 'space INTEGER NOT NULL REFERENCES spaces (id) ON DELETE CASCADE';

/** path -> text */
export const clean = {
    'Makefile': 'all:\n\ttrue\n',
    'README.md': '# A tree\n\nThe folder network/ is fine; so is https://example.com/worked/.\n',
    'server/main.c': '#include "http.h"\n#include "api/things.h"\n#include "base/clock.h"\n',
    'server/http.h': header,
    'server/http.c': '#include "http.h"\n#include <microhttpd.h>\n#include "router/router.h"\n',
    'server/router/router.h': header,
    'server/router/router.c': '#include "router/router.h"\n#include "request/reply.h"\n#include "request/routes.def"\n' +
        '#include "api/things.h"\n',
    'server/request/routes.def': `ROUTE(GET, "/${'x'.repeat(185)}")\n`,
    'server/request/reply.h': '#ifndef DUVO_REQUEST_REPLY_H\n#define DUVO_REQUEST_REPLY_H\n/* A reply, as a handler fills it and http.c sends it. */\n' +
        'struct reply;\nstruct body {\n    enum { BODY_NONE, BODY_TEXT } kind;\n};\nenum depth { SHALLOW = 1 << 2, DEEP };\n#endif\n',
    'server/spec/spec.h': `${header}#include "base/clock.h"\n`,
    'server/spec/spec.c': '#include "spec/spec.h"\n#include <jansson.h>\n#include "spec/parse.h"\n',
    'server/spec/parse.h': header,
    'server/spec/parse.c': '#include "parse.h"\nenum { LOCAL };\nint f(struct body *b, enum depth d);\n',
    'server/net/tls_handshake.c': '#include <gnutls/gnutls.h>\n#include "cli/config.h"\n',
    'server/cli/config.h': header,
    'server/net/outbound.c': '#include <curl/curl.h>\n#include "spec/spec.h"\nenum { LOCAL };\n',
    'server/base/clock.h': header,
    'server/base/clock.c': '#include "clock.h"\nstatic void now(struct timespec *t) { clock_gettime(0, t); }\n',
    'server/base/random.c': '#include <sodium.h>\nstatic void fill(void *p) { randombytes_buf(p, 8); }\n',
    'server/base/uri.c': '#include <uriparser/Uri.h>\n',
    'server/store/store.h': header,
    'server/store/store.c': '#include "store/store.h"\n#include <sqlite3.h>\n#include "sql.def"\n#include "spec/spec.h"\n',
    'server/store/sql.def': sql,
    'server/mcp/rpc.h': header,
    'server/mcp/server/tools.h': header,
    'server/mcp/server/tools.c': '#include "mcp/server/tools.h"\n#include "mcp/rpc.h"\n',
    'server/mcp/client/probe.c': '#include "mcp/rpc.h"\n',
    'server/api/things.h': header,
    'server/api/things.c': '#include "things.h"\n#include "request/reply.h"\n#include "store/store.h"\n' +
        '/* strcpy(a, b) and printf("x") in a comment; struct body { } */\n' +
        'static int f(char *t) { snprintf(t, 9, "printf(%d) // %s", 1, "\\"rand()"); gmtime_r(0, 0); return 0; }\n',
};

clean['schema/store/001_things.sql'] = table('spaces', 'id INTEGER PRIMARY KEY') + table('things', ofSpace, 'id BLOB NOT NULL') +
    table('gone', 'a INTEGER');
clean['schema/store/003_gone.sql'] = 'DROP TABLE gone;\n';
clean['server/fixtures/sections.def'] = 'SECTION(THINGS, things, thing_row, insert_row, THING_INSERT, EXPORT_THINGS, NONE, ID, "twice")\n';
clean['server/contract/matrix.def'] = 'FAMILY("Things", "/things", S(THINGS))\n';

/** The exceptions of its tables: what the rule has to leave alone. */
export const cleanExceptions = { spaces: { space: 'its rows are the spaces' }, others: { section: 'a part', count: 'a part' } };

/** The circles of that tree: the one that its rule has to leave alone. */
export const cleanCircles = [{ of: 'store/owned store/owner', because: 'one is a part of the other' }];
clean['server/store/owner.h'] = `${header}#include "store/owned.h"\n`;
clean['server/store/owned.h'] = `${header}#include "owner.h"\n`;

const handler = 'server/api/other.c';
const call = (rule, path, ...calls) => calls.map(text => ({ rule, path, text: `int f(int x) { ${text}; }\n` }));
const include = (rule, path, name) => ({ rule, path, text: name.startsWith('<') ? `#include ${name}\n`
    : `#include "${name}"\n` });
const schema = (...all) => ({ rule: 'stored-resource', path: 'schema/store/002.sql', text: table(...all) });
const counting = name => ({ 'server/store/sql.def': sql.replace('SELECT (', `SELECT (SELECT count(*) FROM ${name} WHERE space = ?1), (`) });
const lost = path => ({ rule: 'stored-resource', path, text: '', at: 'schema/store/001_things.sql', line: 4 });
const statement = text => ({ rule: 'space-bound', path: 'server/store/sql.def', text: `SQL(ONE, ${text})\n` });

export const plants = [
    ...[['base/other.c', 'spec/spec.h'], ['base/other.c', '../spec/spec.h'], ['base/other.c', 'request/errors.def'],
        ['cli/config.h', 'spec/spec.h'], ['spec/spec.h', 'store/store.h'], ['store/other.c', 'net/outbound.h'],
        ['net/other.c', 'request/reply.h'], ['request/reply.c', 'space/space.h'], ['space/space.c', 'pages/page.h'],
        ['pages/page.c', 'api/things.h'], ['api/other.c', 'oauth/flow.h'], ['oauth/flow.c', 'mcp/rpc.h'],
        ['mcp/other.c', 'mcp/client/probe.h'], ['mcp/other.c', 'mcp/server/tools.h'],
        ['mcp/server/other.c', 'mcp/client/probe.h'], ['mcp/server/other.c', '../client/probe.h'],
        ['mcp/client/other.c', 'fixtures/read.h'], ['fixtures/read.c', 'control/show.h'],
        ['control/other.c', 'contract/contract.h'], ['contract/other.c', 'router/router.h'],
        ['router/other.c', 'http.h'], ['http.c', 'main.h'], ['elsewhere/other.c', 'base/clock.h'],
        ['elsewhere.c', 'base/clock.h'], ['router/other.c', 'elsewhere.h']].map(([path, name]) =>
        include('one-direction', `server/${path}`, name)),
    { rule: 'circles', path: 'server/store/owned.h', text: header, at: 'server/main.c' },
    { rule: 'circles', path: 'server/spec/parse.h', text: `${header}#include "spec/spec.h"\n`, at: 'server/main.c' },
    { rule: 'circles', path: 'server/base/clock.c', text: '#include "base/random.h"\n', at: 'server/main.c',
        beside: { 'server/base/random.h': `${header}#include "clock.h"\n` } },
    ...[['struct body { int x; };'], ['enum depth { ONE };'], ['enum body { ONE };'], ['union depth { int x; };'],
         ['enum { ONE, DEEP };'], ['enum { ONE = (1, 2), BODY_TEXT };'],
        ['struct other {\n    enum { SHALLOW } a;\n};', 2]].flatMap(([text, line]) =>
        [['server/api/other.c', ''], ['server/spec/zzz.h', header]].map(([path, before]) =>
            ({ rule: 'one-meaning', path, text: `${before}${text}\n`, line: before.split('\n').length - 1 + (line ?? 1) }))),
    include('owner-microhttpd', handler, '<microhttpd.h>'),
    include('owner-microhttpd', 'server/http.h', '<microhttpd.h>'),
    include('owner-sqlite', 'server/router/router.c', '<sqlite3.h>'),
    include('owner-jansson', 'server/base/json.c', '<jansson.h>'),
    include('owner-curl', handler, '<curl/curl.h>'),
    include('owner-gnutls', 'server/http.c', '<gnutls/gnutls.h>'),
    include('owner-uriparser', 'server/base/other.c', '<uriparser/Uri.h>'),
    include('owner-sodium', 'server/store/other.c', '<sodium.h>'),
    ...call('banned-text', 'tests/unit/test_x.c', 'sprintf(a, "x")', 'vsprintf(a, b, c)', 'strcpy(a, b)', 'strcat (a, b)',
        'strncpy(a, b, 1)', 'strtok(a, b)', 'alloca(3)', 'gets(a)'),
    ...call('banned-number', 'server/x.c', 'return atoi("1")', 'return (int)atol("1")', 'atof("1")'),
    ...call('banned-time', 'server/x.c', 'gmtime(0)', 'localtime(0)', 'asctime(0)', 'ctime(0)'),
    ...call('banned-random', 'server/x.c', 'rand()', 'srand(1)', 'random()'),
    ...call('banned-reveal', 'server/x.c', 'secret_reveal(s)'),
    ...call('banned-shell', 'server/x.c', 'system("ls")', 'popen("ls", "r")'),
    ...['api', 'oauth', 'mcp', 'control'].flatMap(dir =>
        call('banned-printf', `server/${dir}/other.c`, 'printf("x")', 'fprintf(stderr, "x")', 'puts("x")')),
    ...call('banned-clock', 'server/x.c', 'time(NULL)', 'clock_gettime(0, &t)', 'gettimeofday(0, 0)'),
    ...call('banned-entropy', 'server/x.c', 'getrandom(p, 1, 0)', 'randombytes_buf(p, 1)'),
    statement('"SELECT a FROM things"'),
    statement('"SELECT a FROM things WHERE id = ?1"'),
    statement('"SELECT a FROM things WHERE space = ?2"'),
    statement('"SELECT a FROM things WHERE space = ?10"'),
    statement('"SELECT a FROM things WHERE space = ?1 AND b IN"\n    " (SELECT b FROM others)"'),
    statement('"SELECT a FROM things t JOIN others o ON o.id = t.id WHERE t.space = ?1"'),
    statement('"INSERT INTO things (id, space) SELECT id, ?1 FROM others WHERE space = ?1"'),
    statement('"UPDATE things SET a = ?1"'),
    statement('"DELETE FROM things WHERE id = ?1" /* space = ?1 */'),
    { ...statement('"DELETE FROM things"'), text: 'SQL(ONE, "DELETE FROM things")  /* no space: */\n' },
    schema('more', 'a INTEGER'),
    { ...schema('gone', 'a INTEGER'), path: 'schema/store/004.sql' },
    schema('others', 'space INTEGER NOT NULL', 'a INTEGER'),
    schema('others', ofSpace, 'id BLOB NOT NULL'),
    { ...schema('more', ofSpace, 'a INTEGER'), beside: counting('more') },
    { ...schema('others', ofSpace, 'a INTEGER'), beside: counting('others') },
    lost('server/fixtures/sections.def'),
    lost('server/contract/matrix.def'),
    ...['SPACE_COUNTS', 'ID_TAKEN', 'THING_DELETE_ALL'].map(name =>
        ({ ...lost('server/store/sql.def'), text: sql.replace(name, 'OTHER') })),
    { rule: 'space-list', path: 'server/store/sql.def', text: '/* nothing */\n' },
    { rule: 'no-tabs', path: 'server/x.c', text: 'int f(void)\n{\n\treturn 0;\n}\n', line: 3 },
    { rule: 'no-trailing-blanks', path: 'server/x.c', text: 'int f(void); \n' },
    { rule: 'no-trailing-blanks', path: 'README.md', text: '# A\n\nb\t\n', line: 3 },
    { rule: 'no-trailing-blanks', path: 'fixtures/x.json', text: '{}\r\n' },
    { rule: 'last-newline', path: 'server/x.c', text: 'int f(void);' },
    { rule: 'last-newline', path: 'server/x.c', text: 'int f(void);\n\n', line: 2 },
    { rule: 'columns', path: 'server/x.c', text: `/* ${'é'.repeat(115)} */\n` },
    { rule: 'columns', path: 'server/store/sql.def', text: `\n/* ${'x'.repeat(115)} */\n`, line: 2 },
    { rule: 'columns-of-tables', path: 'server/request/routes.def', text: `/* One. */\nROUTE(GET, "/${'x'.repeat(186)}")\n`, line: 2 },
    { rule: 'file-length', path: 'server/x.c', text: 'int f(void);\n'.repeat(701) },
    { rule: 'file-length-warning', path: 'server/x.c', text: 'int f(void);\n'.repeat(501) },
    { rule: 'header-guard', path: 'server/x.h', text: '/* Promises much, but can be included twice by anyone. */\nint f(void);\n' },
    { rule: 'header-guard', path: 'server/x.h', text: '#ifndef X_H\n#define Y_H\nint f(void);\n#endif\n' },
    { rule: 'header-guard', path: 'server/api/x.h',
        text: '/* Says much of what it promises, under another name. */\n#ifndef DUVO_X_H\n#define DUVO_X_H\nint f(void);\n#endif\n' },
    { rule: 'header-prose', path: 'server/x.h', text: '#pragma once\nint f(void);\n' },
    { rule: 'header-prose', path: 'server/x.h', text: '#pragma once\n/* x.h */\nint f(void);\n' },
    { rule: 'header-prose', path: 'tests/runner/x.h',
        text: '#pragma once\nint f(void);\n/* A comment that comes too late to be an introduction. */\n' },
    { rule: 'no-workplace', path: 'README.md', text: ['see /wo', 'rk/main/x\n'].join('') },
    { rule: 'no-workplace', path: 'tests/x/package-lock.json',
        text: ['{\n"resol', 'ved": "https://example.com/x.tgz"\n}\n'].join(''), line: 2 },
    { rule: 'no-workplace', path: '.npmrc', text: ['registry=https://registry.np', 'mjs.org/\n'].join('') },
];
