// What is put into a URL.

'use strict';

const asText = value => (value instanceof Date ? value.toISOString() : String(value));

/** The query of values by name, with its question mark; a list is a parameter for each of its values. */
function queryOf(values) {
    const pairs = Object.entries(values ?? {}).filter(([, value]) => value !== undefined)
        .flatMap(([name, value]) => [].concat(value).map(one => [name, asText(one)]));
    return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
}

/** A path with the values of its parameters; `valueOf` is asked for each. */
function pathOf(path, caller, valueOf) {
    return path.replace(/\{(\w+)\}/g, (_, name) => {
        const value = valueOf(name);
        if (typeof value !== 'string' || !value)
            throw new TypeError(`${caller}: ${name} has to be a text, not ${value === '' ? 'an empty one' : typeof value}`);
        return encodeURIComponent(value);
    });
}

module.exports = { pathOf, queryOf };
