// Requests that no operation takes, each full of secrets: unknown keys, broken, foreign and oversized bodies.

import { speaks } from './visitor.mjs';

const PARAMETERS = ['token', 'access_token', 'refresh_token', 'secret', 'client_secret', 'code', 'state', 'api_key',
    'apiKey', 'password', 'id_token', 'code_verifier', 'X-Amz-Signature', 'client_assertion'];
const NIL = '00000000-0000-4000-8000-000000000000';
const KNOWN = { provider: 'google', preset: 'legacy', space: 'nowhere', snapshot: 'nothing', request: 'nobody' };

/** The path with something in the place of each parameter that leads to nothing, or to something harmless. */
function filled(operation) {
    return operation.path.replace(/\{(\w+)\}/g, (_, name) => KNOWN[name] ?? NIL);
}

function speakingQuery(canaries, where) {
    return PARAMETERS.map(name => `${name}=${encodeURIComponent(canaries.plant(`${where}: query ${name}`))}`).join('&');
}

function nested(canaries, where) {
    return {
        password: canaries.plant(`${where}: member password`),
        deep: [{ client_secret: canaries.plant(`${where}: nested client_secret`) },
            { tokens: [canaries.plant(`${where}: list of tokens`)] }],
        authorization: { any: canaries.plant(`${where}: member of authorization`) },
        headers: { secret: { 'X-Any': canaries.plant(`${where}: header secret`) } },
        url: `https://user:${canaries.word(`${where}: user information`)}@host.example/x?token=${canaries.word(`${where}: URL in a body`)}`,
    };
}

/** Bodies that are refused, for any operation that takes one: [content type, bytes]. */
function* brokenBodies(canaries, where) {
    const secret = what => canaries.plant(`${where}: ${what}`);
    const json = JSON.stringify({ headers: { secret: { 'X-Key': secret('cut body') } } });
    yield ['application/json', json.slice(0, -2)];
    yield ['application/json', `{"token": ${JSON.stringify(secret('first of two'))}, "token": ${JSON.stringify(secret('second of two'))}}`];
    yield ['application/json', `{"token": "${canaries.word(`${where}: NUL`)}\\u0000"}`];
    yield ['application/json', JSON.stringify(secret('a bare string'))];
    yield ['application/json', JSON.stringify([secret('an array')])];
    yield ['application/json', JSON.stringify(nested(canaries, `${where}, nested`))];
    yield ['text/plain', secret('text')];
    yield ['application/xml', `<token>${secret('XML')}</token>`];
    yield ['multipart/form-data; boundary=x', `--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n${secret('multipart')}\r\n--x--`];
    yield ['application/x-www-form-urlencoded', new URLSearchParams({ client_secret: secret('form'), password: secret('form'), code: secret('form code') }) + ''];
}

function tooLarge(canaries, where) {
    const fill = 'x'.repeat(1024 * 1024 / 2);
    return JSON.stringify({ token: canaries.plant(`${where}: too large`), fill, more: fill,
        secret: canaries.plant(`${where}: end of too large`) });
}

/** Each member of the operation's body whose name speaks of a secret, with values that are wrong for it. */
function* wrongMembers(canaries, operation) {
    for (const name of new Set(operation.properties.filter(speaks)))
        for (const value of [
            canaries.plant(`${operation.name}: ${name} as a string`),
            [canaries.plant(`${operation.name}: ${name} in a list`)],
            { any: [canaries.plant(`${operation.name}: ${name} in an object`)] },
            { secret: { 'X-Key': { v: canaries.plant(`${operation.name}: ${name} too deep`) } } },
            canaries.plant(`${operation.name}: ${name} too long`).repeat(200),
        ])
            yield { [name]: value };
}

async function withoutBody(visitor, operation, path) {
    const { canaries } = visitor;
    const where = operation.name;
    const as = `dv_${canaries.word(`${where}: unknown key`)}`;
    const basic = Buffer.from(`id:${canaries.plant(`${where}: basic credentials`)}`).toString('base64');
    await visitor.send(operation.method, `${path}?${speakingQuery(canaries, where)}`, { as });
    await visitor.send(operation.method, `${path}?${speakingQuery(canaries, where)}`, {});
    await visitor.send(operation.method, path, {
        headers: {
            authorization: `Basic ${basic}`, 'x-api-key': canaries.word(`${where}: X-API-Key`),
            'proxy-authorization': `Bearer ${canaries.word(`${where}: Proxy-Authorization`)}`,
            'x-auth-token': canaries.word(`${where}: X-Auth-Token`),
            referer: `http://127.0.0.1/from?code=${canaries.word(`${where}: Referer`)}`,
            'x-forwarded-uri': `/from?token=${canaries.word(`${where}: path in a header`)}#access_token=${canaries.word(`${where}: fragment`)}`,
        },
    });
}

async function withBody(visitor, operation, path) {
    const { canaries } = visitor;
    for (const [type, body] of brokenBodies(canaries, operation.name))
        await visitor.send(operation.method, path, { body, headers: { 'content-type': type } });
    for (const json of wrongMembers(canaries, operation))
        await visitor.send(operation.method, path, { json });
    await visitor.send(operation.method, path,
        { body: tooLarge(canaries, operation.name), headers: { 'content-type': 'application/json' } });
    await visitor.send(operation.method, path,
        { body: JSON.stringify(nested(canaries, `${operation.name}, unknown key`)), as: 'dv_unknown', headers: { 'content-type': 'application/json' } });
}

/** What would go on, or undo what was done, is left out. */
const LEFT_OUT = new Set(['GET /_mock/mcp/{preset}', 'DELETE /_mock/requests', 'POST /_mock/reset', 'DELETE /_mock/faults',
    'DELETE /_mock/snapshots', 'DELETE /_mock/oauth/next']);

export async function hostileRequests(visitor) {
    const { canaries } = visitor;
    for (const operation of visitor.operations.filter(one => !LEFT_OUT.has(one.name))) {
        await withoutBody(visitor, operation, filled(operation));
        if (operation.method !== 'GET' && operation.method !== 'DELETE')
            await withBody(visitor, operation, filled(operation));
    }
    for (const path of ['/v1/nothing', '/nothing', '/_mock/nothing', '/v1/connections/x/y/z', '/_mock/s/here/v1/nothing'])
        for (const method of ['GET', 'POST', 'PUT'])
            await visitor.send(method, `${path}?${PARAMETERS.map(name =>
                `${name}=${canaries.word(`query of unknown path ${method} ${path}`)}`).join('&')}`, { bare: true });
    await visitor.send('GET', `http://user:${canaries.word('user information of the URI')}@127.0.0.1/v1/profile?token=${canaries.word('absolute URI')}`, { bare: true });
    await visitor.send('GET', `/v1/profile?token=${canaries.word('query of unknown path, bad escape')}%zz`, { bare: true });
    await visitor.send('GET', `/v1/%zz?token=${canaries.word('query of unknown path, bad path')}`, { bare: true });
    await visitor.send('GET', `/v1/profile?${'x'.repeat(8200)}&token=${canaries.word('query of unknown path, too long')}`, { bare: true });
    await visitor.send('GET', `/v1/profile#access_token=${canaries.word('query of unknown path, fragment')}`, { bare: true });
    await visitor.send('GET', `/v1/profile?next=${encodeURIComponent(`https://u:${canaries.word('user information in a parameter')}@h.example/?x=${encodeURIComponent(`/y?token=${canaries.word('parameter in a parameter')}`)}&code=${canaries.word('code in a parameter')}`)}`, { bare: true });
}
