// The Python package's generated half: a method for each call, and the types of all that goes and comes.

import { isGroup, snake, typeName } from './model.mjs';

const WIDTH = 116;
const quoted = text => JSON.stringify(text);
const HEAD = '# Generated from the contract by docker/packages/generate: run `make clients`, change nothing here.\n';
const SIMPLE = { string: 'str', integer: 'int', number: 'float', boolean: 'bool', null: 'None' };
const KEYWORDS = new Set(['from', 'import', 'class', 'def', 'global', 'in', 'is', 'not', 'or', 'and', 'pass', 'with', 'as']);
const argument = name => (KEYWORDS.has(name) ? `${name}_` : name);

function union(types) {
    return [...new Set(types.flatMap(type => type.split(' | ')))].join(' | ');
}

/** The type of a schema. An object in place is a dict: what has a name is a TypedDict. */
function typeOf(schema) {
    if (schema.$ref)
        return typeName(schema.$ref.split('/').at(-1));
    const words = schema.enum ?? ('const' in schema ? [schema.const] : undefined);
    if (words) {
        const literals = words.filter(word => word !== null).map(quoted);
        return union([`Literal[${literals.join(', ')}]`, ...words.includes(null) ? ['None'] : []]);
    }
    const several = schema.anyOf ?? schema.oneOf;
    if (several)
        return union(several.map(typeOf));
    if (Array.isArray(schema.type))
        return union(schema.type.map(type => typeOf({ ...schema, type })));
    if (schema.type === 'array')
        return `list[${typeOf(schema.items ?? {})}]`;
    if (schema.type === 'object')
        return `dict[str, ${schema.properties ? 'Any' : typeOf(schema.additionalProperties || {})}]`;
    return SIMPLE[schema.type] ?? 'Any';
}

/** A class of two halves, as a member that may be missing cannot stand beside one that may not before Python 3.11. */
function typedDict(name, schema) {
    const required = new Set(schema.required);
    const half = (suffix, total) => {
        const members = Object.entries(schema.properties).filter(([key]) => required.has(key) === total)
            .map(([key, one]) => `    ${quoted(key)}: ${quoted(typeOf(one)).replace(/\\"/g, '\'')},\n`);
        return `_${name}${suffix} = TypedDict("_${name}${suffix}", {\n${members.join('')}}, total=${total ? 'True' : 'False'})\n`;
    };
    const text = (schema.description ?? `The object ${name} of the contract.`).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
    return `${half('Needs', true)}${half('May', false)}\n\nclass ${name}(_${name}Needs, _${name}May):\n    """${text}"""\n`;
}

function wrapped(words, indent) {
    const lines = [indent];
    for (const word of words) {
        if (lines.at(-1).length + word.length > WIDTH)
            lines.push(indent);
        lines[lines.length - 1] += `${lines.at(-1) === indent ? '' : ' '}${word},`;
    }
    return lines.join('\n');
}

const isClass = schema => schema.type === 'object' && Boolean(schema.properties);

/** Before Python 3.10 a bar joins no types at run time. */
const alias = type => (type.includes(' | ') ? `Union[${type.split(' | ').join(', ')}]` : type);

/** Names of operations are too many for a line. */
function aliased([name, schema]) {
    const head = schema.enum && schema.description ? `# ${schema.description}\n` : '';
    return schema.enum ? `${head}${name} = Literal[\n${wrapped(schema.enum.map(quoted), '    ')}\n]\n`
        : `${typeName(name)} = ${alias(typeOf(schema))}\n`;
}

export function types(model) {
    const all = Object.entries(model.schemas), classes = all.filter(([, schema]) => isClass(schema));
    return [
        `"""Types of the contract: what goes to the mock and what comes from it."""\n${HEAD}\n` +
            'from typing import Any, Literal, TypedDict, Union\n',
        ...classes.map(([name, schema]) => typedDict(typeName(name), schema)),
        // An alias stands behind the classes that it is made of.
        ...all.filter(([, schema]) => !isClass(schema)).map(aliased),
        `__all__ = [\n${wrapped(all.map(([name]) => quoted(typeName(name))), '    ')}\n]\n`,
    ].join('\n\n');
}

// --- calls -------------------------------------------------------------------------------------------------------

const TIME = schema => (schema.format === 'date-time' ? union([typeOf(schema), 'datetime']) : typeOf(schema));

/** A member that may be left out is UNSET then: null means something. */
function keyword(name, type, required) {
    return `${argument(name)}: ${type}${required ? '' : ' = UNSET'}`;
}

const sorted = list => [...list.filter(one => !one.includes(' = ')), ...list.filter(one => one.includes(' = '))];

function bodyMembers(model, call) {
    const schema = model.schemas[call.body], required = new Set(schema.required);
    return Object.entries(schema.properties).map(([name, one]) => ({ name, type: TIME(one), required: required.has(name) }));
}

/** { args, body, query }: the arguments of a method, and what it makes of them. */
function shape(model, { call, by, fixed, needs = 0 }) {
    const args = call.params.map(name => `${argument(name)}: str`), keywords = [];
    const pairs = names => `{${names.map(name => `${quoted(name)}: ${argument(name)}`).join(', ')}}`;
    let body = 'UNSET';
    if (by || fixed) {
        const members = new Map(bodyMembers(model, call).map(one => [one.name, one]));
        args.push(...sorted((by ?? []).map((name, i) => keyword(name, members.get(name).type, i < needs || members.get(name).required))));
        const set = Object.entries(fixed ?? {}).map(([key, value]) => `${quoted(key)}: ${quoted(value)}`);
        body = `{${[...set, ...(by ?? []).map(name => `${quoted(name)}: ${argument(name)}`)].join(', ')}}`;
        return { args, keywords, body, query: 'UNSET' };
    }
    if (call.members) {
        const members = bodyMembers(model, call);
        keywords.push(...members.map(one => keyword(one.name, one.type, one.required)));
        body = pairs(members.map(one => one.name));
    } else if (call.body !== undefined) {
        args.push(keyword('body', call.body ? typeName(call.body) : 'Any', call.bodyRequired));
        body = 'body';
    }
    keywords.push(...call.query.map(one => keyword(one.name, one.name === 'operation' ? 'OperationName' : TIME(one.schema), one.required)));
    return { args, keywords, body, query: call.query.length ? pairs(call.query.map(one => one.name)) : 'UNSET' };
}

/** A docstring, in lines as long as those of the code. */
function docstring(text) {
    const words = `"""${text}`.split(' '), lines = ['       '];
    for (const word of words) {
        if (lines.at(-1).length + word.length >= WIDTH)
            lines.push('       ');
        lines[lines.length - 1] += ` ${word}`;
    }
    return `${lines.join('\n')}${lines.length > 1 ? '\n        ' : ''}"""\n`;
}

function method(model, name, entry) {
    const { call } = entry;
    const { args, keywords, body, query } = shape(model, entry);
    const all = ['self', ...args, ...keywords.length ? ['*', ...sorted(keywords)] : []];
    const reply = call.list ? typeOf(model.schemas[call.reply].properties[call.list]) : call.reply ? typeName(call.reply) : 'Any';
    // A method called list hides the type of that name.
    const listed = text => text.replace(/\blist\[/g, 'List[');
    const head = `    def ${name}(${all.join(', ')}) -> ${reply}:\n`;
    const path = call.path.replace(/\{(\w+)\}/g, (_, one) => `{quoted(${argument(one)})}`);
    const list = call.list ? `, ${quoted(call.list)}` : '';
    return listed(`${head.length <= WIDTH ? head : `    def ${name}(\n        ${all.join(',\n        ')},\n    ) -> ${reply}:\n`}` +
        `${docstring(call.doc)}        return cast(${quoted(reply)}, self._call(\n            ${quoted(call.id)}, ` +
        `${quoted(call.method)}, ${path === call.path ? '' : 'f'}${quoted(path)},\n            ${body}, ${query}${list}))\n`);
}

const className = (scope, group) => `_${scope}${group[0].toUpperCase()}${group.slice(1)}`;

function group(model, scope, name, entries) {
    const called = model.called[name] ? [method(model, '__call__', entries[model.called[name]])] : [];
    const methods = Object.entries(entries).map(([one, entry]) => method(model, snake(one), entry));
    return `class ${className(scope, name)}(Group):\n    """The control calls ${name} of a ${scope.toLowerCase()}."""\n\n${[...called, ...methods].join('\n')}`;
}

function scope(model, name, tree) {
    const groups = Object.entries(tree).filter(([, entry]) => isGroup(entry));
    const own = Object.entries(tree).filter(([, entry]) => !isGroup(entry));
    const made = groups.map(([one]) => `        self.${snake(one)} = ${className(name, one)}(self._call)\n`).join('');
    const classes = groups.map(([one, entries]) => group(model, name, one, entries));
    return [...classes, `class ${name}Calls(Calls):\n    """The control calls of a ${name.toLowerCase()}."""\n\n` +
        `    def __init__(self) -> None:\n${made}\n${own.map(([one, entry]) => method(model, snake(one), entry)).join('\n')}`].join('\n\n');
}

const OPTION_TYPES = { text: 'str', secret: 'str', url: 'str', flag: 'bool', list: 'str | List[str]' };

function optionType(option) {
    if (option.flag === 'fixtures')
        return 'str | Fixtures | List[str | Fixtures]';
    if (option.kind === 'number')
        return option.choices?.endsWith('|off') ? 'int | Literal["off"]' : 'int';
    return option.kind === 'choice' ? `Literal[${option.choices.split('|').map(quoted).join(', ')}]` : OPTION_TYPES[option.kind];
}

export function calls(model) {
    const options = model.options.map(one => ({ ...one, name: snake(one.flag) }));
    const names = new Set();
    const text = [scope(model, 'Space', model.space), scope(model, 'Server', model.server),
        `class ServerOptions(TypedDict, total=False):\n    """The options of the command line."""\n\n` +
            options.map(one => `    ${one.name}: ${optionType(one)}\n`).join(''),
        `OPTIONS: Dict[str, Tuple[str, str]] = {\n${options.map(one => `    "${one.name}": ("--${one.flag}", "${one.kind}"),\n`).join('')}}\n`,
    ].join('\n\n');
    for (const name of Object.keys(model.schemas).map(typeName))
        if (new RegExp(`\\b${name}\\b`).test(text))
            names.add(name);
    return `"""The control calls."""\n${HEAD}\nfrom __future__ import annotations\n\nfrom datetime import datetime\n` +
        `from typing import Any, Dict, List, Literal, Tuple, TypedDict, cast\n\nfrom ._base import UNSET, Calls, Group, quoted\n` +
        `from .types import (\n${wrapped([...names].sort(), '    ')}\n)\n\n\n${text}`;
}

// --- operations ----------------------------------------------------------------------------------------------------

const REPLY_TYPES = { text: 'str', nothing: 'None', stream: 'Iterator[StreamEvent]' };
const PYTHON = { true: 'True', false: 'False' };

const replyType = ({ kind, name }) => REPLY_TYPES[kind] ?? (name ? typeName(name) : 'Any');

function overload(operation) {
    const args = operation.parameters.map(one => keyword(one.name, TIME(one.schema), one.required));
    if (operation.body !== undefined)
        args.push(keyword('body', operation.body ? typeName(operation.body) : 'Any', operation.bodyRequired));
    const given = [...sorted(args), 'key: str = UNSET', 'headers: Mapping[str, str] = UNSET'];
    return `    @overload\n    def call(\n        self, operation_id: Literal[${quoted(operation.id)}], /, *,\n${wrapped(given, '        ')}\n` +
        `    ) -> ${replyType(operation.reply)}:\n${docstring(operation.doc)}`;
}

function operationRow({ id, method: verb, path, query, keyed, form, body, reply }) {
    const cells = [verb, path].map(quoted);
    return `    ${quoted(id)}: (\n        ${cells.join(', ')},\n        ${quoted(query.join(' '))}, ` +
        `${quoted(body === undefined ? '' : form ? 'form' : 'json')}, ${PYTHON[keyed]}, ${PYTHON[reply.either === true]}),\n`;
}

export function operations(model) {
    const text = model.operations.map(overload).join('\n');
    const names = Object.keys(model.schemas).map(typeName).filter(name => new RegExp(`\\b${name}\\b`).test(text));
    return `"""Operations by their ids."""\n${HEAD}\nfrom __future__ import annotations\n\n` +
        'from datetime import datetime\nfrom typing import Any, Dict, Iterator, List, Literal, Mapping, Tuple, overload\n\n' +
        `from ._base import UNSET, Calls\nfrom .types import (\n${wrapped(names.sort(), '    ')}\n)\n\n` +
        '# method, path, names of the query, kind of the body, whether an API key goes with it, whether JSON or events answer\n' +
        `OPERATIONS: Dict[str, Tuple[str, str, str, str, bool, bool]] = {\n${model.operations.map(operationRow).join('')}}\n\n\n` +
        `class OperationCalls(Calls):\n    """Requests of the API."""\n\n    key: str\n\n${text.replace(/\blist\[/g, 'List[')}\n` +
        '    def call(self, operation_id: str, /, *, key: Any = UNSET, headers: Any = UNSET, **args: Any) -> Any:\n' +
        '        """Calls an operation once, and answers its reply\'s body: JSON, a text, where a redirect leads, or a stream\'s\n' +
        '        events. A MockError when the API refuses."""\n' +
        '        return self._call_operation(OPERATIONS, operation_id, args, self.key if key is UNSET else key, headers or {})\n';
}
