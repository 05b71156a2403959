// Checks an OpenAPI document with the linter of package.json, without any network access.
// Usage: node tests/openapi/lint.mjs DOCUMENT DIR      DIR holds the installed node_modules
// So that the check is known to work, broken copies of the document are checked too: each has to be refused.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const RULES = {
    'info-license': 'off',
    'info-license-strict': 'off',
    'operation-4xx-response': 'off',   // health and the like refuse nothing
    'no-path-trailing-slash': 'off',   // the console is a folder for browsers
    'no-server-example.com': 'off',    // a mock's server is a local one
    'operation-2xx-response': 'off',   // the OAuth pages redirect
    'no-invalid-media-type-examples': 'error',
    'no-invalid-parameter-examples': 'error',
    'no-invalid-schema-examples': 'error',
    'no-schema-type-mismatch': 'error',
    'no-required-schema-properties-undefined': 'error',
    'no-unused-components': 'error',
    'operation-operationId': 'error',
    'spec-components-invalid-map-name': 'error',
};

const [path, installed] = process.argv.slice(2);
const require = createRequire(resolve(installed, 'package.json'));
const { createConfig, lintFromString } = require('@redocly/openapi-core');

/** The first operation that wanted holds for: { path, item, method, operation }. */
function operation(document, wanted = () => true) {
    for (const [path, item] of Object.entries(document.paths)) {
        for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
            const found = { path, item, method, operation: item[method] };
            if (item[method] && wanted(found))
                return found;
        }
    }
    throw new Error('the document has no operation to break');
}

// What breaks a document. Each changes its copy in place.
const BREAKS = {
    'no info': document => { delete document.info; },
    'an unknown key': document => { operation(document).operation.unknown = true; },
    'a reference to nothing': document => {
        operation(document).operation.responses['418'] = { $ref: '#/components/responses/Nothing' };
    },
    'a response without a description': document => { operation(document).operation.responses['418'] = {}; },
    'two operations of one id': document => {
        const { path, method, operation: { operationId } } = operation(document);
        operation(document, one => one.path !== path || one.method !== method).operation.operationId = operationId;
    },
    'a path parameter that is not described': document => {
        const { item } = operation(document);
        document.paths['/things/{nothing}'] = JSON.parse(JSON.stringify(item));
    },
    'a type that JSON lacks': document => { document.components.schemas.Broken = { type: 'text' }; },
    'an unknown security scheme': document => { operation(document).operation.security = [{ nothing: [] }]; },
};

/** Problems of a document's text: [{ severity, rule, at, message }]. */
async function problems(text) {
    const document = JSON.parse(text);
    const config = await createConfig({ extends: ['recommended'], rules: RULES });
    const found = await lintFromString({ source: text, absoluteRef: resolve(path), config });
    const foreign = foreignReferences(document).map(ref => ({ severity: 'error', rule: 'local-references', at: '',
        message: `${ref} is not in the document` }));
    const version = /^3\.1\./.test(document.openapi) ? []
        : [{ severity: 'error', rule: 'version', at: 'openapi', message: 'not OpenAPI 3.1' }];
    return [...version, ...foreign, ...found.map(one => ({ severity: one.severity, rule: one.ruleId,
        at: one.location.map(place => place.pointer).join(' '), message: one.message }))];
}

/** References that lead out of the document, which the linter would try to fetch. */
function foreignReferences(value) {
    if (value === null || typeof value !== 'object')
        return [];
    const own = typeof value.$ref === 'string' && !value.$ref.startsWith('#/') ? [value.$ref] : [];
    return [...own, ...Object.values(value).flatMap(foreignReferences)];
}

const errors = list => list.filter(one => one.severity === 'error').length;

const text = readFileSync(path, 'utf8');
const found = await problems(text);
for (const one of found)
    console.log(`${one.severity}: ${one.rule}: ${one.message} (${path}${one.at})`);
let failed = errors(found) ? 1 : 0;

for (const [name, breaks] of Object.entries(BREAKS)) {
    const copy = JSON.parse(text);
    breaks(copy);
    if (errors(await problems(JSON.stringify(copy))) <= errors(found)) {
        console.log(`the linter does not notice ${name}`);
        failed++;
    }
}
console.log(`${1 + Object.keys(BREAKS).length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
