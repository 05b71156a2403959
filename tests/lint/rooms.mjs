// Which room of server/ may know which, and the circles of files that a room may have.

import { posix } from 'node:path';
import { includes } from './c.mjs';

// Lowest first: a file may include what is of its own room or of one before it in this list, so no circle leaves a room.
// Modules beside the rooms (http, main) are rooms of their own.
const ROOMS = ['base', 'cli', 'spec', 'store', 'net', 'request', 'space', 'pages', 'api', 'oauth', 'mcp', 'mcp/server',
    'mcp/client', 'delivery', 'fixtures', 'control', 'contract', 'router', 'http_reply', 'http_visit', 'http', 'healthcheck', 'signals', 'main'];

const inServer = path => /^server\/.*\.[ch]$/.test(path);

/** The name of a module: its path below server/ without an ending. */
const moduleOf = path => posix.relative('server', path).replace(/\.(c|h|def)$/, '');

/** The room of a module, or undefined: the longest name of ROOMS that begins it. */
function roomOf(module) {
    return ROOMS.filter(room => module === room || module.startsWith(`${room}/`)).sort((a, b) => b.length - a.length)[0];
}

/** The file that an include line means: the one beside the file that has the line comes first. */
function resolve(path, name, files) {
    const beside = posix.join(posix.dirname(path), name);
    return files.has(beside) ? beside : posix.join('server', name);
}

/** [{ line, name, path }] of the files of the project that a file includes. */
function ownIncludes({ path, text }, files) {
    return includes(text).filter(one => !one.system).map(one => ({ ...one, path: resolve(path, one.name, files) }));
}

export const oneDirection = {
    name: 'one-direction',
    files: inServer,
    check: (file, files) => {
        const mine = roomOf(moduleOf(file.path));
        if (!mine)
            return [[1, `${file.path} stands in no room that tests/lint/rooms.mjs knows`]];
        return ownIncludes(file, files).flatMap(one => {
            const theirs = roomOf(moduleOf(one.path));
            if (!theirs)
                return [[one.line, `${one.name} stands in no room`]];
            return ROOMS.indexOf(theirs) > ROOMS.indexOf(mine) ? [[one.line, `${mine} includes ${one.name} of ${theirs}`]] : [];
        });
    },
};

/** module -> Set of the modules that it includes. */
function graphOf(files) {
    const graph = new Map();
    const edges = module => graph.get(module) ?? graph.set(module, new Set()).get(module);
    for (const file of files.values()) {
        if (!inServer(file.path))
            continue;
        const module = moduleOf(file.path);
        for (const one of ownIncludes(file, files))
            if (moduleOf(one.path) !== module)
                edges(module).add(moduleOf(one.path));
    }
    return graph;
}

/** Every module that can be reached from one. */
function reach(graph, from) {
    const seen = new Set();
    for (const todo = [from]; todo.length;)
        for (const next of graph.get(todo.pop()) ?? [])
            if (!seen.has(next)) {
                seen.add(next);
                todo.push(next);
            }
    return seen;
}

/** The circles: sorted lists of modules, each of which includes, by way of others, all of its list. */
export function circlesOf(files) {
    const graph = graphOf(files);
    const reached = new Map([...graph.keys()].map(module => [module, reach(graph, module)]));
    const found = new Map();
    for (const module of graph.keys())
        if (reached.get(module).has(module)) {
            const circle = [...graph.keys()].filter(other => reached.get(module).has(other) && reached.get(other)?.has(module));
            found.set(circle.sort().join(' '), circle);
        }
    return [...found.values()];
}

/** The rule that the circles are those of the list, [{ of: 'a b', because }], no more and no fewer. */
export function circles(listed) {
    return {
        name: 'circles',
        files: path => path === 'server/main.c',
        check: (_, files) => {
            const found = circlesOf(files).map(circle => circle.join(' '));
            const known = listed.map(one => one.of);
            return [
                ...found.filter(one => !known.includes(one)).map(one => [1, `a circle that is not listed: ${one}`]),
                ...known.filter(one => !found.includes(one)).map(one => [1, `is listed and no circle any more: ${one}`]),
            ];
        },
    };
}
