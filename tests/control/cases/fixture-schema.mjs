// The JSON Schema of fixtures takes what the server takes, built-in sets and exports, and refuses what it refuses.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startMock } from '../../e2e/lib/mock.mjs';

const ORGANIZATION = { id: '6f1d2c3b-1111-4aaa-8bbb-000000000077', name: 'Initech' };
const REFUSED = {
    'an unknown section': { organisations: [] },
    'an unknown member': { organizations: [{ ...ORGANIZATION, nmae: 'x' }] },
    'a member that is missing': { organizations: [{ id: ORGANIZATION.id }] },
    'a wrong type': { organizations: [{ ...ORGANIZATION, name: 7 }] },
    'a row that is no object': { organizations: ['Initech'] },
    'a word that is not in its list': { members: [{ team_id: ORGANIZATION.id, user_id: ORGANIZATION.id, role: 'king' }] },
};

export default async ({ program, dir }) => {
    const Ajv = createRequire(join(dir, 'package.json'))('ajv');
    const { $schema, ...schema } = JSON.parse(execFileSync(program, ['describe', '--fixtures'], { encoding: 'utf8' }));
    assert.match($schema, /2020-12/);
    const valid = new Ajv({ unknownFormats: 'ignore' }).compile(schema);
    const mock = await startMock(program);
    try {
        const takes = async document => (await fetch(`${mock.origin}/_mock/fixtures`, {
            method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(document),
        })).status < 400;
        for (const name of ['default', 'demo', 'empty', 'catalog'])
            assert.ok(valid(JSON.parse(readFileSync(`fixtures/${name}.json`))), `${name}: ${JSON.stringify(valid.errors)}`);
        const exported = await (await fetch(`${mock.origin}/_mock/fixtures`)).json();
        assert.ok(valid(exported), `export: ${JSON.stringify(valid.errors)}`);
        assert.ok(valid({ organizations: [{ ...ORGANIZATION, _comment: 'x' }] }) && await takes({ organizations: [ORGANIZATION] }));
        for (const [what, document] of Object.entries(REFUSED))
            assert.ok(!valid(document) && !await takes(document), what);
    } finally {
        await mock.stop();
    }
};
