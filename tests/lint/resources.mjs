// What a table of the store needs besides its CREATE TABLE. The exceptions are below, each with its reason.

import { entries, lineAt } from './c.mjs';

const SCHEMA = /^schema\/store\/.*\.sql$/;
const FILES = { statements: 'server/store/sql.def', sections: 'server/fixtures/sections.def', matrix: 'server/contract/matrix.def' };

const rest = 'what is left of a request under way: an export has no such rows';
const happened = 'what happened, and what was sent of it: no state of the space';
const documents = 'only documents make its rows, and they say the ids';
const detail = 'its rows come and go with those of another table, which are counted';
const reference = 'what the built-in catalog says; no request makes one';

/** { table: { need: why it has not got it } } */
export const exceptions = {
    meta: { space: 'one row, of the file' },
    spaces: { space: 'its rows are the spaces' },
    space_keys: { space: 'outlives what a space holds' },
    organizations: { count: 'one or two, which nothing makes or deletes', id: documents },
    teams: { empty: 'people stay, and their teams and keys with them' },
    people: { id: documents },
    members: { count: detail },
    organization_members: { count: detail },
    connection_headers: { section: 'under their connections', count: detail },
    integrations: { id: documents },
    idempotency: { section: rest, count: rest },
    oauth_providers: { count: reference },
    oauth_scopes: { count: reference },
    oauth_flows: { section: rest, id: 'an export has none, so its ids come new with each' },
    oauth_codes: { section: rest, count: rest },
    consent_queue: { section: 'orders for tests, not data', count: 'the orders have a list of their own' },
    auth_configs: { count: reference },
    composio_accounts: { section: rest, count: rest },
    mcp_tools: { count: reference },
    mcp_bindings: { count: reference },
    mcp_sessions: { section: rest, count: rest, id: 'a keyed hash' },
    mcp_clients: { section: rest, count: rest },
    mcp_tokens: { section: rest, count: rest },
    mcp_flows: { section: rest, count: rest },
    id_counts: { section: 'begins anew with the space', count: 'counts, itself' },
    agent_pins: { count: detail },
    secret_values: { section: 'under their secrets', count: detail },
    build_secrets: { count: detail },
    build_logins: { count: detail },
    dashboard_connections: { count: detail },
    suggestions: { id: documents },
    slots: { count: detail },
    pins: { count: detail },
    slot_queues: { count: detail },
    run_messages: { section: 'under their runs', count: detail },
    human_requests: { section: 'under their runs', count: detail },
    run_scripts: { count: 'the scripts have a list of their own' },
    trigger_types: { count: reference },
    event_counts: { section: happened, count: happened },
    webhooks: { count: 'they have a list of their own' },
    webhook_deliveries: { section: happened, count: 'they have a list of their own', id: 'an export has none, so its ids come new with each' },
};

/** Whether a trigger of the same file deletes a table's rows with what they belong to. */
const isTaken = (text, name) => new RegExp(`^ +DELETE FROM ${name} WHERE space = old\\.space\\b`, 'm').test(text);

/** [{ line, name, body, taken }] of the tables that a schema makes. */
function tablesOf(text) {
    return [...text.matchAll(/^CREATE TABLE (\w+) \(([\s\S]*?)^\)/gm)]
        .map(match => ({ line: lineAt(text, match.index), name: match[1], body: match[2],
            taken: isTaken(text, match[1]) }));
}

/** Whether a later schema file drops a table that an earlier one makes. */
const isDropped = (name, path, files) => [...files.values()].some(file => SCHEMA.test(file.path) && file.path > path &&
    new RegExp(`^DROP TABLE ${name};`, 'm').test(file.text));

const reads = (sql, table) => new RegExp(`\\bFROM ${table}\\b`).test(sql);

/** Whether a table's rows, or those of a table that takes them along, are all deleted by a statement of their own. */
function goesWhenEmptied(name, statements, tables) {
    const own = [...statements].some(([statement, sql]) => statement.endsWith('_DELETE_ALL') && reads(sql, name));
    const body = tables.find(one => one.name === name)?.body ?? '';
    const parents = [...body.matchAll(/REFERENCES (\w+) \(space, id\) ON DELETE CASCADE/g)].map(match => match[1]);
    return own || parents.some(parent => goesWhenEmptied(parent, statements, tables));
}

/** The needs of a table, and what is missing when one is not met. lists: { statements: name -> SQL, sections, matrix, tables }. */
const needs = {
    space: ({ body }) => !/^\s+space\s+INTEGER NOT NULL/m.test(body) && 'it has no column `space`, so that no reset and no copy knows it',
    end: ({ body, taken }) => /^\s+space\s/m.test(body) && !taken && !/ON DELETE CASCADE/.test(body) && 'its rows do not go with their space (ON DELETE CASCADE)',
    section: ({ name, body }, { statements, sections, matrix }) => {
        if (!/^\s+space\s/m.test(body))
            return false;
        const section = sections.find(one => reads(statements.get(one.export) ?? '', name));
        if (!section)
            return `no section of ${FILES.sections} lists it, so that no document gives it and no export has it`;
        return !matrix.includes(`S(${section.name})`) && `its section is in no family of ${FILES.matrix}`;
    },
    count: ({ name, body }, { statements }) => /^\s+space\s/m.test(body) && !reads(statements.get('SPACE_COUNTS') ?? '', name) &&
        'SPACE_COUNTS does not count it',
    id: ({ name, body }, { statements }) => /^\s+space\s[\s\S]*^\s+id\s+BLOB/m.test(body) && !reads(statements.get('ID_TAKEN') ?? '', name) &&
        'ID_TAKEN does not look for its ids, which a document may have given already',
    empty: ({ name }, { statements, tables }) => reads(statements.get('ID_TAKEN') ?? '', name) && !goesWhenEmptied(name, statements, tables) &&
        'a reset to `empty` leaves its rows: no …_DELETE_ALL is of it, or of what it goes with',
};

function listsOf(files) {
    const text = key => files.get(FILES[key])?.text ?? '';
    return {
        statements: new Map(entries(text('statements')).map(one => [one.name, one.sql])),
        sections: [...text('sections').matchAll(/^SECTION\((\w+),.*?\b(EXPORT_\w+)/gm)].map(match => ({ name: match[1], export: match[2] })),
        matrix: text('matrix'),
        tables: [...files.values()].filter(file => SCHEMA.test(file.path)).flatMap(file => tablesOf(file.text)),
    };
}

/** The rule that every table has what it needs or is an exception, and that it is no exception without need. */
export const resources = listed => ({
    name: 'stored-resource',
    files: path => SCHEMA.test(path),
    check: ({ path, text }, files) => {
        const lists = listsOf(files);
        const kept = tablesOf(text).filter(({ name }) => !isDropped(name, path, files));
        return kept.flatMap(table => Object.entries(needs).flatMap(([need, missing]) => {
            const why = missing(table, lists), exempt = listed[table.name]?.[need];
            if (why && !exempt)
                return [[table.line, `${table.name}: ${why} (server/README.md)`]];
            return exempt && !why ? [[table.line, `${table.name} has what it is an exception of: ${need}`]] : [];
        }));
    },
});
