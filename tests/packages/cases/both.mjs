// What holds of both packages: the same bytes from the same files, and the generated halves those of this program.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { must } from '../../image/command.mjs';

/** The program that is in the packages. */
async function program(place) {
    return join(await place.app(), 'node_modules', place.platform(), 'bin/duvo-mock');
}

/** A contract to which another has been added. */
async function grown(place) {
    const contract = JSON.parse(await place.must(await program(place), ['describe'], place.root));
    const json = schema => ({ content: { 'application/json': { schema } } });
    const ok = { 200: { description: 'OK', ...json({ $ref: '#/components/schemas/Done' }) } };
    contract.paths['/_mock/hooks'] = { post: { operationId: 'createHook', summary: 'Create a hook', requestBody: json({ $ref: '#/components/schemas/Reset' }), responses: ok } };
    contract.paths['/_mock/hooks/{hook}/resend'] = { post: { operationId: 'resendHook', summary: 'Send again',
        parameters: [{ name: 'hook', in: 'path', required: true, schema: { type: 'string' } }], responses: ok } };
    return contract;
}

export default {
    'the same bytes again': async place => {
        const again = place.folder('again');
        const binary = await program(place);
        await must('sh', ['-c', 'umask 077; node docker/packages/npm/build.mjs "$0" "$1" "$2" && python3 docker/packages/python/wheel.py "$0" "$1" "$2"',
            place.version, again, binary]);
        const names = readdirSync(again);
        assert.equal(names.length, 3);
        for (const name of names)
            assert.ok(readFileSync(join(again, name)).equals(readFileSync(join(place.files, name))), `${basename(name)} differs`);
    },

    'a call that the contract gets later appears by itself': async place => {
        const { readModel } = await import('../../../docker/packages/generate/model.mjs');
        const typescript = await import('../../../docker/packages/generate/typescript.mjs');
        const python = await import('../../../docker/packages/generate/python.mjs');
        const names = JSON.parse(await place.must(await program(place), ['describe', '--names'], place.root));
        const model = readModel(await grown(place), names);
        assert.match(typescript.program(model), /hooks: \{\n +create: \{ id: 'createHook'[^]*resend: \{[^}]*'\/_mock\/hooks\/\{hook\}\/resend' \}/);
        assert.match(typescript.declarations(model), /readonly hooks: \{[^]*create\(body\?: Reset\): Promise<Done>;[^]*resend\(hook: string\): Promise<Done>;/);
        assert.match(python.calls(model), /class _SpaceHooks\(Group\):[^]*def create\(self, \*, to: str = UNSET, only: List\[str\] = UNSET\) -> Done:[^]*def resend\(self, hook: str\) -> Done:/);
    },

    'a type that the contract has lost is named': async place => {
        const { readModel } = await import('../../../docker/packages/generate/model.mjs');
        const names = JSON.parse(await place.must(await program(place), ['describe', '--names'], place.root));
        const contract = await grown(place);
        delete contract.components.schemas.Verify.properties.count;
        assert.throws(() => readModel(contract, names), /the contract has no Verify\.count/);
    },
};
