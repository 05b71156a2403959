// What a failed verify shows: what was expected, and what came instead, the most alike first.

'use strict';

const { AssertionError } = require('node:assert');

const SHOWN = 5;

/** The pattern of a path: * stands for any characters. A space's prefix is no part of what a test means. */
function isPath(pattern, path) {
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    return new RegExp(`^(/_mock/s/[^/]+)?${escaped}$`).test(path.split('?')[0]);
}

const sameOperation = (wanted, operation) => wanted === operation || wanted === `${operation}V1`;

/** In how many of these a request is as expected. */
function likeness(match, entry) {
    return (match.operation !== undefined && sameOperation(match.operation, entry.operation)) +
        (match.method !== undefined && match.method.toUpperCase() === entry.method) +
        (match.path !== undefined && isPath(match.path, entry.path)) +
        (match.status !== undefined && match.status === entry.status);
}

const shown = entry => `${entry.method} ${entry.path} -> ${entry.status || 'broken off'}` +
    `${entry.operation ? ` (${entry.operation})` : ''}`;

function nearest(match, entries) {
    const all = entries.map((entry, i) => ({ entry, i, like: likeness(match, entry) }));
    return all.sort((a, b) => b.like - a.like || b.i - a.i).slice(0, SHOWN).map(({ entry }) => entry);
}

/** The error of a verify that the mock answered with `reply`, given the requests of the space. */
function verifyError(expected, reply, entries) {
    const match = expected.match ?? {};
    const near = nearest(match, entries);
    const list = near.length ? `\nNearest of ${entries.length}:\n${near.map(entry => `  ${shown(entry)}`).join('\n')}` : '';
    const error = new AssertionError({
        message: `${reply.message}${list}`,
        expected, actual: near.map(({ method, path, status, operation }) => ({ method, path, status, operation })), operator: 'verify',
    });
    error.generatedMessage = false;
    return error;
}

module.exports = { verifyError };
