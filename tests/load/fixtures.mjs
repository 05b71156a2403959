// The data that the lists are measured on: connections of the default owner, each a second younger than the
// one before it.

import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';

const OWNER = '6f1d2c3b-1111-4aaa-8bbb-000000000001';
export const TEAM = '6f1d2c3b-2222-4aaa-8bbb-000000000002';
/** An agent of the default set that runs, and its live revision. */
export const RUNNER = '6f1d2c3b-5555-4aaa-8bbb-000000000002';
const BUILD = '6f1d2c3b-6666-4aaa-8bbb-000000000003';
const EPOCH = Date.UTC(2026, 0, 1);

const hex = (n, width) => n.toString(16).padStart(width, '0');

export function connectionName(i) {
    return `Bench connection ${String(i).padStart(6, '0')}`;
}

export function connectionId(i) {
    return `${hex(i, 8)}-bbbb-4ccc-8ddd-${hex(i, 12)}`;
}

function connection(i) {
    const at = new Date(EPOCH + i * 1000).toISOString();
    return {
        id: connectionId(i), name: connectionName(i), type: 'custom_mcp',
        provider: 'user', user_id: OWNER, team_id: TEAM,
        server_url: `https://mcp-${i}.example.com/mcp`, transport_type: 'http', auth_method: 'headers',
        created_by: OWNER, created_at: at, updated_at: at,
        headers: { plaintext: { 'X-Region': 'eu' }, secret: { 'X-Api-Key': `bench-${i}` } },
    };
}

/** Writes a fixture document of so many connections, numbered from `from`; the highest number is the newest. */
export function writeFixtures(path, count, from = 0) {
    const file = openSync(path, 'w');
    writeSync(file, '{"connections":[\n');
    for (let start = 0; start < count; start += 1000) {
        const rows = Array.from({ length: Math.min(1000, count - start) }, (_, i) => connection(from + start + i));
        const text = rows.map(row => JSON.stringify(row)).join(',\n');
        writeSync(file, start + rows.length < count ? `${text},\n` : `${text}\n`);
    }
    writeSync(file, ']}\n');
    closeSync(file);
}

function run(i) {
    const at = new Date(EPOCH + i * 1000).toISOString();
    return {
        id: `${hex(i, 8)}-eeee-4ccc-8ddd-${hex(i, 12)}`, agent_id: RUNNER, build_id: BUILD, user_id: OWNER, title: `Bench run ${i}`,
        started_at: at, completed_at: at, created_at: at, updated_at: at,
    };
}

/** The same of runs that have completed. */
export function writeRuns(path, count) {
    writeFileSync(path, JSON.stringify({ runs: Array.from({ length: count }, (_, i) => run(i)) }));
}
