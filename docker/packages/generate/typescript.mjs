// The npm package's generated half: a table of the calls, and the types of all that goes and comes.

import { isGroup, typeName } from './model.mjs';

const WIDTH = 116;
const isName = key => /^[A-Za-z_$][\w$]*$/.test(key);
const quoted = text => `'${text.replaceAll('\\', '\\\\').replaceAll('\'', '\\\'')}'`;
const comment = (text, indent) => (text ? `${indent}/** ${text.replaceAll('*/', '* /')} */\n` : '');

/** Words of a union, several a line. */
function union(words, indent) {
    const lines = [''];
    for (const word of words) {
        const next = `${lines.at(-1)}${lines.at(-1) && ' '}| ${word}`;
        if (next.length > WIDTH - indent.length && lines.at(-1))
            lines.push(`| ${word}`);
        else
            lines[lines.length - 1] = next;
    }
    return lines.length === 1 ? lines[0].slice(2) : `\n${indent}${lines.join(`\n${indent}`)}`;
}

const SIMPLE = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' };

/** The type of a schema. */
export function typeOf(schema, indent = '    ') {
    if (schema.$ref)
        return typeName(schema.$ref.split('/').at(-1));
    if (schema.enum)
        return union(schema.enum.map(value => (typeof value === 'string' ? quoted(value) : String(value))), `${indent}    `);
    if ('const' in schema)
        return typeof schema.const === 'string' ? quoted(schema.const) : String(schema.const);
    const several = schema.anyOf ?? schema.oneOf;
    if (several)
        return [...new Set(several.map(one => typeOf(one, indent)))].join(' | ');
    if (schema.allOf)
        return schema.allOf.map(one => typeOf(one, indent)).join(' & ');
    if (Array.isArray(schema.type))
        return [...new Set(schema.type.map(type => typeOf({ ...schema, type }, indent)))].join(' | ');
    if (schema.type === 'array') {
        const item = typeOf(schema.items ?? {}, indent);
        return /[ |&]/.test(item) ? `(${item})[]` : `${item}[]`;
    }
    if (schema.type === 'object' && schema.properties)
        return members(schema, indent);
    if (schema.type === 'object')
        return `Record<string, ${typeOf(schema.additionalProperties || {}, indent)}>`;
    return SIMPLE[schema.type] ?? 'unknown';
}

function members(schema, indent) {
    const required = new Set(schema.required);
    const lines = Object.entries(schema.properties).map(([key, one]) => `${comment(one.description, `${indent}    `)}` +
        `${indent}    ${isName(key) ? key : quoted(key)}${required.has(key) ? '' : '?'}: ${typeOf(one, `${indent}    `)};\n`);
    return `{\n${lines.join('')}${indent}}`;
}

function declared(name, schema) {
    const head = comment(schema.description, '');
    if (schema.type === 'object' && schema.properties)
        return `${head}export interface ${typeName(name)} ${members(schema, '')}\n`;
    return `${head}export type ${typeName(name)} = ${typeOf(schema, '')};\n`.replace(/ = \n/, ' =\n');
}

const queryType = call => `${call.id[0].toUpperCase()}${call.id.slice(1)}Query`;

function queryInterface(call) {
    const lines = call.query.map(one => `${comment(one.description, '    ')}    ${one.name}${one.required ? '' : '?'}: ` +
        `${one.name === 'operation' ? 'OperationName' : typeOf(one.schema)}${one.schema.format === 'date-time' ? ' | Date' : ''};\n`);
    return `export interface ${queryType(call)} {\n${lines.join('')}}\n`;
}

function replyOf(model, call) {
    return call.list ? typeOf(model.schemas[call.reply].properties[call.list], '') : call.reply ? typeName(call.reply) : 'unknown';
}

/** The arguments of a call, or of a shorter way to it. */
function signature(model, { call, by, fixed, needs = 0 }) {
    const body = model.schemas[call.body];
    const args = call.params.map(name => `${name}: string`);
    if (by || fixed)
        for (const [i, name] of (by ?? []).entries()) {
            const schema = body.properties[name];
            const required = (body.required ?? []).includes(name) || i < needs;
            args.push(`${name}${required ? '' : '?'}: ${typeOf(schema)}${schema.format === 'date-time' ? ' | Date' : ''}`);
        }
    else if (call.body !== undefined)
        args.push(`body${call.bodyRequired ? '' : '?'}: ${call.body ? typeName(call.body) : 'unknown'}`);
    if (call.query.length && !by && !fixed)
        args.push(`query${call.query.some(one => one.required) ? '' : '?'}: ${queryType(call)}`);
    return `(${args.join(', ')}): Promise<${replyOf(model, call)}>`;
}

function calls(model, tree, indent) {
    return Object.entries(tree).map(([name, entry]) => {
        if (!isGroup(entry))
            return `${comment(entry.call.doc, indent)}${indent}${name}${signature(model, entry)};\n`;
        const called = entry[model.called[name]];
        const own = called ? `${comment(called.call.doc, `${indent}    `)}${indent}    ${signature(model, called)};\n` : '';
        return `${indent}readonly ${name}: {\n${own}${calls(model, entry, `${indent}    `)}${indent}};\n`;
    }).join('');
}

// --- operations ----------------------------------------------------------------------------------------------------

const REPLY_TYPES = { text: 'string', nothing: 'undefined', stream: 'AsyncIterable<StreamEvent>' };

function operationType({ id, doc, parameters, body, bodyRequired, reply }) {
    const args = parameters.map(one => `${one.name}${one.required ? '' : '?'}: ${typeOf(one.schema, '        ')}` +
        `${one.schema.format === 'date-time' ? ' | Date' : ''}`);
    if (body !== undefined)
        args.push(`body${bodyRequired ? '' : '?'}: ${body ? typeName(body) : 'unknown'}`);
    const answer = REPLY_TYPES[reply.kind] ?? (reply.name ? typeName(reply.name) : 'unknown');
    return `${comment(doc, '    ')}    ${id}: { args: { ${args.join('; ')}${args.length ? ' ' : ''}}; reply: ${answer} };\n`;
}

const OPTION_TYPES = { text: 'string', secret: 'string', url: 'string', flag: 'boolean', list: 'string | string[]' };

function optionType(option) {
    if (option.flag === 'fixtures')
        return 'string | Fixtures | (string | Fixtures)[]';
    if (option.kind === 'number')
        return option.choices?.endsWith('|off') ? 'number | \'off\'' : 'number';
    return option.kind === 'choice' ? option.choices.split('|').map(quoted).join(' | ') : OPTION_TYPES[option.kind];
}

function options(model) {
    return model.options.map(one => `${comment(one.help, '    ')}    ${one.name}?: ${optionType(one)};\n`).join('');
}

const HEAD = '// Generated from the contract by docker/packages/generate: run `make clients`, change nothing here.\n';

export function declarations(model) {
    const queries = model.calls.filter(call => call.query.length);
    return [
        HEAD,
        ...Object.entries(model.schemas).map(([name, schema]) => declared(name, schema)),
        ...queries.map(queryInterface),
        `/** The control calls of a space. */\nexport interface SpaceCalls {\n${calls(model, model.space, '    ')}}\n`,
        `/** The control calls of the server. */\nexport interface ServerCalls {\n${calls(model, model.server, '    ')}}\n`,
        '/** What `call` takes: each operation with its parameters and its body, and what it answers. */\n' +
            `export interface Operations {\n${model.operations.map(operationType).join('')}}\n`,
        `/** The options of the command line. */\nexport interface ServerOptions {\n${options(model)}}\n`,
    ].join('\n');
}

// --- the table ---------------------------------------------------------------------------------------------------

function row(entry) {
    const { call, by, fixed } = entry;
    const cells = [`id: ${quoted(call.id)}`, `method: ${quoted(call.method)}`, `path: ${quoted(call.path)}`];
    if (call.body !== undefined)
        cells.push('body: true');
    if (call.query.length)
        cells.push('query: true');
    if (call.list)
        cells.push(`list: ${quoted(call.list)}`);
    if (fixed)
        cells.push(`fixed: { ${Object.entries(fixed).map(([key, value]) => `${key}: ${quoted(value)}`).join(', ')} }`);
    if (by || fixed)
        cells.push(`by: [${(by ?? []).map(quoted).join(', ')}]`);
    return cells;
}

function table(model, tree, indent) {
    return Object.entries(tree).map(([name, entry]) => {
        if (!isGroup(entry)) {
            const cells = row(entry), line = `${indent}${name}: { ${cells.join(', ')} },\n`;
            return line.length <= WIDTH ? line : `${indent}${name}: {\n${indent}    ${cells.slice(0, 3).join(', ')},\n` +
                `${cells.length > 3 ? `${indent}    ${cells.slice(3).join(', ')},\n` : ''}${indent}},\n`;
        }
        const called = model.called[name] ? `${indent}    '': ${quoted(model.called[name])},\n` : '';
        return `${indent}${name}: {\n${called}${table(model, entry, `${indent}    `)}${indent}},\n`;
    }).join('');
}

function operationRow({ id, method, path, query, keyed, form, body, reply }) {
    const cells = [`method: ${quoted(method)}`, `path: ${quoted(path)}`];
    if (query.length)
        cells.push(`query: [${query.map(quoted).join(', ')}]`);
    if (body !== undefined)
        cells.push(`body: ${form ? '\'form\'' : '\'json\''}`);
    if (keyed)
        cells.push('keyed: true');
    if (reply.either)
        cells.push('either: true');
    const line = `    ${id}: { ${cells.join(', ')} },\n`;
    return line.length <= WIDTH ? line : `    ${id}: {\n        ${cells.slice(0, 2).join(', ')},\n        ${cells.slice(2).join(', ')},\n    },\n`;
}

export function program(model) {
    const options = model.options.map(one => `    ${one.name}: { flag: '--${one.flag}', kind: '${one.kind}' },\n`);
    return `${HEAD}
'use strict';

/** Calls by name, or groups of them; '' is the call that the group itself is. */
exports.space = {
${table(model, model.space, '    ')}};

exports.server = {
${table(model, model.server, '    ')}};

/** What call takes. */
exports.operations = {
${model.operations.map(operationRow).join('')}};

exports.options = {
${options.join('')}};
`;
}
