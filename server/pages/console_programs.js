// The programs beside an operation: what is typed takes the place of the examples in them. The server has written them;
// a span says what it shows (data-of, data-as), or when it is seen (data-when).

import { inQuotes } from './calls.js';

/** JSON as a literal of JavaScript; what is none stays as it was typed. */
function literal(text, depth) {
    try {
        return JSON.stringify(JSON.parse(text), null, 4).replaceAll('\n', `\n${'    '.repeat(depth)}`);
    } catch {
        return text;
    }
}

const WORDS = { true: 'True', false: 'False', null: 'None' };
const inPython = text => text.replace(/"(?:[^"\\]|\\.)*"|\b(?:true|false|null)\b/g, found => WORDS[found] ?? found);

/** { name: value } of an object in JSON, each value as JSON; undefined when it is none. */
function membersOf(text) {
    try {
        return Object.entries(JSON.parse(text)).map(([name, value]) => [name, JSON.stringify(value)]);
    } catch {
        return undefined;
    }
}

/** The fields of a form that an object of JSON stands for. */
export function formOf(object) {
    const fields = new URLSearchParams();
    for (const [name, value] of Object.entries(object))
        for (const one of [value].flat())
            fields.append(name, typeof one === 'string' ? one : JSON.stringify(one));
    return fields;
}

const FORM_OPTION = ' \\\n  --data-urlencode ';
const isNumber = text => /^-?\d+$/.test(text);

/** What is typed, as it stands in a program. */
const as = {
    text: value => JSON.stringify(value),
    texts: value => JSON.stringify([value], null, 4).replaceAll('\n', '\n    '),
    number: value => (isNumber(value) ? value : JSON.stringify(value)),
    boolean: (value, python) => (value in WORDS ? (python ? WORDS[value] : value) : JSON.stringify(value)),
    uri: value => encodeURIComponent(value),
    shell: inQuotes,
    javascript: (value, python, depth) => literal(value, depth),
    python: (value, python, depth) => inPython(literal(value, depth)),
    arguments: value => membersOf(value)?.map(([name, one]) => `\n    ${name}=${inPython(literal(one, 1))},`).join('') ?? `\n    ${value}`,
    form: value => (membersOf(value) ? [...formOf(JSON.parse(value))].map(([name, one]) => `${FORM_OPTION}'${name}=${inQuotes(one)}'`).join('')
        : `${FORM_OPTION}'${inQuotes(value)}'`),
};

const examples = new WeakMap(); // what a span has shown before anything was typed

function show(span, text) {
    if (!examples.has(span))
        examples.set(span, span.textContent);
    const shown = text ?? examples.get(span);
    if (span.textContent !== shown)
        span.textContent = shown;
}

function queryOf(fields) {
    const query = new URLSearchParams(fields.map(({ name, value }) => [name.slice(1), value]));
    return query.size ? `?${query}` : undefined;
}

/** Brings the programs in `detail` up to what stands in the form. */
export function fill(form, detail) {
    const given = [...form.elements].filter(field => field.name && field.value);
    const valueOf = name => given.find(field => field.name === name)?.value;
    const query = given.filter(field => field.name.startsWith('?'));
    for (const span of detail.querySelectorAll('[data-program] [data-as]')) {
        const { of, as: kind, depth } = span.dataset, value = valueOf(of);
        const isPython = span.closest('[data-program]').dataset.program === 'python';
        show(span, kind === 'query' ? queryOf(query) : value && as[kind](value, isPython, Number(depth)));
    }
    for (const span of detail.querySelectorAll('[data-program] [data-when]')) {
        const { when } = span.dataset;
        span.hidden = !(when === '?' ? query.length : valueOf(when) || form.elements[when]?.required);
    }
}
