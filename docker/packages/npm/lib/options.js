// The options of the command line, given as an object.

'use strict';

const { options } = require('./generated.js');

const MANY = 100; // names, which nobody reads in an error

/** How many letters differ. */
function distance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++)
            next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
        row = next;
    }
    return row[b.length];
}

const bare = word => word.toLowerCase().replace(/[-_]/g, '');

function refuse(caller, noun, name, names) {
    const [best] = names.map(one => ({ one, far: distance(bare(one), bare(name)) })).sort((a, b) => a.far - b.far);
    const all = names.length && names.length < MANY ? `; there are ${names.join(', ')}` : '';
    const hint = best?.far <= 2 ? `; did you mean ${JSON.stringify(best.one)}?` : all;
    throw new TypeError(`${caller} has no ${noun} ${JSON.stringify(name)}${hint}`);
}

/** Refuses, by name, what is not in the list. */
function check(caller, given, names, noun = 'option') {
    for (const name of Object.keys(given))
        if (!names.includes(name))
            refuse(caller, noun, name, names);
}

function flagsOf(name, value) {
    const { flag, kind } = options[name];
    if (value === undefined || value === null)
        return [];
    if (kind !== 'flag')
        return [].concat(value).flatMap(one => [flag, String(one)]);
    if (typeof value !== 'boolean')
        throw new TypeError(`startMock: ${name} is true or false`);
    return value ? [flag] : [];
}

/** The arguments of the program. */
const toArguments = given => Object.entries(given).flatMap(([name, value]) => flagsOf(name, value));

module.exports = { check, toArguments, names: Object.keys(options) };
