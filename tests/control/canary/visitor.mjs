// Sends requests full of secrets, remembers which operations took some, and looks at each reply.

import assert from 'node:assert/strict';
import { request } from '../lib/http.mjs';

/** Where the API tells a secret, or a client its own, by design. Everything else is a leak. */
const HANDED_OUT = [
    [/^query of unknown path/, 'the framework\'s own 404 repeats the URL to whoever asked for it'],
    [/^state of a client/, 'OAuth: the client gets its state back, in the redirect and on the way there'],
    [/^argument of a tool/, 'the built-in tools answer what they were called with'],
    [/^(return_url|callback_url)$/, 'where the browser is to be sent, which the page tells, too'],
    [/^made: (code|state|form token|access token|refresh token|client secret|space key|API key|secret of a webhook|session)/,
        'what the mock makes, it hands out once'],
];

/** Names of members and parameters that may hold a secret. */
export const SPEAKING = /secret|token|password|code|state|verifier|fields|headers|value|key/i;
/** These hold the names of secrets, or of ways to use them. */
const NAMES = /^(rename|remove)_keys$|^Idempotency-Key$|^token_endpoint_auth_method$/;

/** The member that a start answers, in JSON, in a string of JSON, and as a page has it; the link is left out. */
const SIGN_IN_LINK = /((?:authorization_url|redirect_url)(?:\\*"|&quot;|&#34;)\s*:\s*(?:\\*"|&quot;|&#34;))https?:[^"\\&<]*(?:&amp;[^"\\&<]*|&(?!quot;|#34;)[^"\\&<]*)*/g;

/** Where the console leads whoever is to sign in: the same link, on the page of a sign-in that waits. */
const SIGN_IN_WAY = /((?:class="button" href|name="authorization_url" value)=")[^"]*/g;

export function speaks(name) {
    return SPEAKING.test(name) && !NAMES.test(name);
}

export class Visitor {
    constructor(mock, canaries, operations) {
        Object.assign(this, { mock, canaries, operations });
        this.good = new Set();
        this.sent = new Set();
        this.leaks = [];
        this.told = new Set();
        this.admin = undefined;
        this.secretsWanted = [];
    }

    /** The operation that a path belongs to: exact segments beat parameters. */
    operationOf(method, path) {
        const parts = path.split('?')[0].replace(/^\/_mock\/s\/[^/]+(?=\/)/, '').split('/');
        const fits = this.operations.filter(one => one.method === method && one.parts.length === parts.length &&
            one.parts.every((part, i) => part.startsWith('{') || part === parts[i]));
        const params = one => one.parts.filter(part => part.startsWith('{')).length;
        return fits.sort((a, b) => params(a) - params(b))[0];
    }

    /** A request as the holder of a key, with secrets where every request may hold some: in a cookie, in headers and
     *  in the query. Where the control plane refuses the query for it, the request is sent again without. `as: null`
     *  sends no key. */
    async send(method, path, options = {}) {
        const { status, bare } = options;
        const refused = !bare && await this.#send(method, path, { ...options, status: undefined });
        if (refused && !(status !== 400 && refused.status === 400 && refused.text.includes('querystring/access_token')))
            return this.#checked(refused, method, path, status);
        return this.#send(method, path, { ...options, bare: true });
    }

    #checked(reply, method, path, status) {
        if (status !== undefined)
            assert.equal(reply.status, status,
                `${method} ${path.split('?')[0]}: ${reply.text.replace(/^.*<main/s, '').slice(0, 600)}`);
        return reply;
    }

    async #send(method, path, { body, json, form, as = 'dv_test_owner', headers = {}, status, bare } = {}) {
        const { canaries } = this;
        const where = `${method} ${path.split('?')[0]}`;
        const all = { cookie: `session=${canaries.word(`cookie of ${where}`)}`, ...headers };
        if (as && !all.authorization)
            all.authorization = `Bearer ${path.startsWith('/_mock/') && this.admin ? this.admin : as}`;
        if (json !== undefined)
            Object.assign(all, { 'content-type': 'application/json' }), body = JSON.stringify(json);
        if (form)
            Object.assign(all, { 'content-type': 'application/x-www-form-urlencoded' }), body = new URLSearchParams(form) + '';
        if (!bare)
            path += `${path.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(canaries.plant(`query of ${where}`))}`;
        if (body !== undefined)
            all['content-length'] = Buffer.byteLength(body);
        const reply = await request(this.mock.origin, method, path, { headers: all, body });
        this.look(`reply ${reply.status} to ${where}`, reply.raw ?? reply.text ?? '');
        this.#checked(reply, method, path, status);
        const operation = this.operationOf(method, path);
        if (operation)
            this.sent.add(operation.name);
        if (operation && (reply.status < 400 || reply.status === operation.success))
            this.good.add(operation.name);
        return reply;
    }

    /** A reply to the one who sent the secret. */
    look(sink, text) {
        for (const leak of this.canaries.find(text))
            if (!HANDED_OUT.some(([label]) => label.test(leak.label)))
                this.leaks.push({ sink, ...leak });
            else
                this.told.add(leak.label);
    }

    /** Anything else: nothing is allowed there, but for what a flow in the database has yet to do. */
    search(sink, text) {
        for (const leak of this.canaries.find(text))
            if (!sink.startsWith('file') || !/^(return_url|callback_url)$/.test(leak.label))
                this.leaks.push({ sink, ...leak });
    }

    /** A reply that shows people what others sent: nothing is allowed there either, but for the links of sign-ins, which
     *  are there to be followed. */
    async searchReply(path, headers = {}) {
        const reply = await request(this.mock.origin, 'GET', path,
            { headers: { ...this.admin && { authorization: `Bearer ${this.admin}` }, ...headers } });
        this.search(`GET ${path} (${reply.status})`, reply.raw.replace(SIGN_IN_LINK, '$1').replace(SIGN_IN_WAY, '$1'));
        return reply;
    }
}

/** [{ name, method, path, parts, media, input, properties, speaks, success }] of the documents. */
export function operationsOf(...documents) {
    const operations = new Map();
    for (const document of documents)
        for (const [path, item] of Object.entries(document.paths))
            for (const [verb, one] of Object.entries(item)) {
                const method = verb.toUpperCase();
                const [media, content] = Object.entries(one.requestBody?.content ?? {})[0] ?? [];
                const schema = content && resolve(document, content.schema);
                const properties = propertiesOf(document, schema);
                const parameters = (one.parameters ?? []).map(({ name }) => name);
                operations.set(`${method} ${path}`, {
                    name: `${method} ${path}`, method, path, parts: path.split('/'), media,
                    input: Boolean(media) || (one.parameters ?? []).length > 0,
                    properties,
                    speaks: [...properties, ...parameters].some(speaks),
                    success: Number(Object.keys(one.responses)[0]),
                });
            }
    return [...operations.values()];
}

function resolve(document, schema) {
    const name = schema?.$ref?.split('/').pop();
    return name ? document.components.schemas[name] : schema;
}

/** The names of all members, at whatever depth. */
function propertiesOf(document, schema, depth = 0) {
    const one = resolve(document, schema) ?? {};
    if (depth > 6)
        return [];
    const inner = Object.entries(one.properties ?? {})
        .flatMap(([name, sub]) => [name, ...propertiesOf(document, sub, depth + 1)]);
    const more = [one.items, ...one.oneOf ?? [], ...one.anyOf ?? [], ...one.allOf ?? []].filter(Boolean);
    return [...inner, ...more.flatMap(sub => propertiesOf(document, sub, depth + 1))];
}
