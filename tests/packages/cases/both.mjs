// What holds of both packages: the same bytes from the same files, and the generated halves those of this program.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { must, run } from '../../image/command.mjs';

/** The program that is in the packages. */
async function program(place) {
    return join(await place.app(), 'node_modules', place.platform(), 'bin/duvo-mock');
}

/** A program for a machine, as far as its head says: without a loader, it is static. */
function headOf(machine) {
    const head = Buffer.alloc(64);
    head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    head.writeUInt16LE(machine, 18);
    return head;
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

    'static programs, for either machine': async place => {
        const dir = place.folder('static'), programs = { x86_64: 62, aarch64: 183 };
        for (const [name, machine] of Object.entries(programs))
            place.write(join(dir, name), headOf(machine));
        const files = Object.keys(programs).map(name => join(dir, name)), to = join(dir, 'out');
        await must('node', ['docker/packages/npm/build.mjs', '1.2.3', to, ...files]);
        await must('python3', ['docker/packages/python/wheel.py', '1.2.3', to, ...files]);
        assert.deepEqual(readdirSync(to).sort(), [
            'duvo-mock-1.2.3.tgz', 'duvo-mock-linux-arm64-1.2.3.tgz', 'duvo-mock-linux-x64-1.2.3.tgz',
            ...Object.keys(programs).sort().map(name => `duvo_mock-1.2.3-py3-none-manylinux_2_17_${name}.manylinux2014_${name}.musllinux_1_1_${name}.whl`),
        ]);
        place.write(join(dir, 'other'), headOf(40));
        for (const [program, script] of [['node', 'docker/packages/npm/build.mjs'], ['python3', 'docker/packages/python/wheel.py']]) {
            const { code, err } = await run(program, [script, '1.2.3', to, join(dir, 'other')]);
            assert.ok(code !== 0 && /is no program for/.test(err), err);
        }
    },

    'a call that the contract gets later appears by itself': async place => {
        const { readModel } = await import('../../../docker/packages/generate/model.mjs');
        const typescript = await import('../../../docker/packages/generate/typescript.mjs');
        const python = await import('../../../docker/packages/generate/python.mjs');
        const names = JSON.parse(await place.must(await program(place), ['describe', '--names'], place.root));
        const model = readModel(await grown(place), names);
        assert.match(typescript.program(model), /hooks: \{\n +create: \{ id: 'createHook'[^]*resend: \{[^}]*'\/_mock\/hooks\/\{hook\}\/resend' \}/);
        assert.match(typescript.declarations(model), /readonly hooks: \{[^]*create\(body\?: Reset\): Promise<Done>;[^]*resend\(hook: string\): Promise<Done>;/);
        assert.match(python.calls(model), /class _SpaceHooks\(Group\):[^]*def create\(\s+self,\s+\*,\s+to: str = UNSET,\s+only: List\[Literal\["data", "requests", "faults", "clock", "settings"\]\] = UNSET,\s+\) -> Done:[^]*def resend\(self, hook: str\) -> Done:/);
    },

    'calls of webhooks and runs have the names that are promised': async place => {
        const { readModel } = await import('../../../docker/packages/generate/model.mjs');
        const names = JSON.parse(await place.must(await program(place), ['describe', '--names'], place.root));
        const contract = await grown(place), json = schema => ({ content: { 'application/json': { schema } } });
        const replies = { 200: { description: 'OK', ...json({ $ref: '#/components/schemas/Done' }) } };
        contract.components.schemas.Fire = { type: 'object', properties: { payload: {} } };
        const shape = path => path.replace(/\{\w+\}/g, '{}');
        const add = (method, path, schema) => {
            if (Object.entries(contract.paths).some(([other, item]) => shape(other) === shape(path) && item[method]))
                return; // it is there already
            (contract.paths[path] ??= {})[method] ??= { operationId: `${method} ${path}`, responses: replies,
                parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
                ...schema && { requestBody: { required: true, ...json({ $ref: `#/components/schemas/${schema}` }) } } };
        };
        for (const [method, path, schema] of [
            ['post', '/_mock/webhooks', 'Reset'], ['get', '/_mock/webhooks'], ['get', '/_mock/webhooks/{webhook}'],
            ['patch', '/_mock/webhooks/{webhook}', 'Reset'], ['delete', '/_mock/webhooks/{webhook}'],
            ['get', '/_mock/webhooks/deliveries'], ['post', '/_mock/webhooks/deliveries/{delivery}/resend'],
            ['get', '/_mock/inbox/{name}'], ['delete', '/_mock/inbox/{name}'],
            ['post', '/_mock/runs/next', 'Reset'], ['get', '/_mock/runs/next'], ['post', '/_mock/triggers/{trigger}/fire', 'Fire'],
        ])
            add(method, path, schema);
        const { space } = readModel(contract, names);
        for (const name of ['webhooks.create', 'webhooks.get', 'webhooks.update', 'webhooks.delete', 'webhooks.deliveries',
            'webhooks.resend', 'webhooks.inbox', 'runs.next', 'runs.fire']) {
            const [group, one] = name.split('.');
            assert.ok(space[group]?.[one], name);
        }
        assert.deepEqual(space.runs.fire.by, ['payload']);
    },

    'a type that the contract has lost is named': async place => {
        const { readModel } = await import('../../../docker/packages/generate/model.mjs');
        const names = JSON.parse(await place.must(await program(place), ['describe', '--names'], place.root));
        const contract = await grown(place);
        delete contract.components.schemas.Verify.properties.count;
        assert.throws(() => readModel(contract, names), /the contract has no Verify\.count/);
    },
};
