// Forms that an operation's fields make (console_form.html): a row is made, changed or deleted with a call of the API.

import { callIn, jsonOf, onForms, put, quoted, showCurl, tell, urlOf, wordsOf } from './calls.js';
import { go, reach, refresh } from './page.js';
import { token } from './token.js';
import { keepKey, keyOf } from './try.js';

/** What a secret becomes in the command that is shown: a variable of the shell. */
const MARK = '\u0001';
const variable = name => `${MARK}${name.replace(/\W+/g, '_').toUpperCase()}${MARK}`;

/** `NAME=value`, or `Name: value`, a line each; what is no word goes as far as the equals sign. */
function pairsOf(field) {
    const lines = field.value.split('\n').filter(line => line.trim());
    return Object.fromEntries(lines.map(line => {
        const at = line.search(/^[\w-]+\s*[=:]/) ? line.indexOf('=') : line.search(/[=:]/);
        if (at < 1)
            throw new Error(`${field.name}: ${line.slice(0, 20)}… is no NAME=value`);
        return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }));
}

/** What a field says: { value, shown }, of which `shown` has no secret. */
const readers = {
    text: field => ({ value: field.value }),
    json: field => ({ value: jsonOf(field) }),
    words: field => ({ value: wordsOf(field) }),
    pairs: field => ({ value: pairsOf(field) }),
    secret: field => ({ value: field.value, shown: variable(field.name) }),
    secrets: field => {
        const value = pairsOf(field);
        return { value, shown: Object.fromEntries(Object.keys(value).map(name => [name, variable(name)])) };
    },
};

/** What an emptied field says. */
const emptied = field => {
    if (field.hasAttribute('data-null'))
        return null;
    return { text: '', words: [], pairs: {}, secrets: {} }[field.dataset.type];
};

/** What a field said before anybody was at it: a line has no line breaks, even where what it shows has. */
function first(field) {
    if (field.tagName === 'SELECT')
        return [...field.options].find(option => option.defaultSelected)?.value ?? field.options[0].value;
    const fresh = field.cloneNode(true);
    fresh.value = field.defaultValue;
    return fresh.value;
}

/** Of a form that changes a row, the fields that were changed; of any other, those that are filled. */
const isMeant = (form, field) => field.dataset.type &&
    (form.hasAttribute('data-changes') && !field.name.startsWith(':') ? field.value !== first(field) : field.value !== '');

/** { method, url, body, shown }: `shown` is the body without secrets; both unset when the operation takes none. */
function requestOf(form) {
    let [method, path] = callIn(form);
    const query = new URLSearchParams();
    let body = {}, shown = {};
    for (const field of [...form.elements].filter(one => isMeant(form, one))) {
        if (field.name.startsWith(':')) {
            path = path.replace(`{${field.name.slice(1)}}`, encodeURIComponent(field.value));
        } else if (field.name.startsWith('?')) {
            query.append(field.name.slice(1), field.value);
        } else if (field.name === '*') {
            body = shown = jsonOf(field);
        } else {
            const said = field.value === '' ? { value: emptied(field) } : readers[field.dataset.type](field);
            put(body, field.name, said.value);
            put(shown, field.name, said.shown ?? said.value);
        }
    }
    const hasBody = form.hasAttribute('data-body');
    return { method, url: `${urlOf(path)}${query.size ? `?${query}` : ''}`,
        isKeyed: form.hasAttribute('data-keyed'), body: hasBody ? body : undefined, shown };
}

function curlOf({ method, url, isKeyed, body, shown }) {
    const admin = token.get() ? ' -H "Authorization: Bearer $DUVO_MOCK_ADMIN_TOKEN"' : '';
    const json = body ? ` --json ${quoted(JSON.stringify(shown)).replace(/\\u0001(\w+)\\u0001/g, `'"$$$1"'`)}` : '';
    return `curl${isKeyed ? ' -H "Authorization: Bearer $KEY"' : admin} -X ${method} ${quoted(url)}${json}`;
}

const textOf = ({ message, error }) => message ?? (typeof error === 'string' ? error : '');

/** The id of what was made, also where the reply calls it `…_id` or has it one level below. */
const idIn = answer => answer.id ?? Object.entries(answer).find(([name]) => name.endsWith('_id'))?.[1] ??
    Object.values(answer).find(one => one?.id)?.id;

const typedIn = form => [...form.elements].filter(field => field.type !== 'hidden').map(field => field.value).join(MARK);

/** What was sent is no longer in the form: it would be sent again with the next change, over what others have changed since.
 *  What was typed meanwhile, `sent` has not. */
function renew(form, sent) {
    if (typedIn(form) === sent)
        form.reset();
}

async function show(form, answer, sent) {
    const id = idIn(answer), list = form.elements['~makes']?.value;
    if (!list || !id) {
        await refresh();
        return renew(form, sent);
    }
    renew(form, sent);
    form.closest('details').open = false;
    return go(`?tab=${document.body.dataset.tab}&list=${list}&id=${encodeURIComponent(id)}`);
}

async function send(form) {
    keepKey(form);
    const what = requestOf(form), body = what.body && JSON.stringify(what.body), sent = typedIn(form);
    showCurl(curlOf(what));
    if (form.hasAttribute('data-changes') && body === '{}')
        return tell('Nothing is changed yet: change a field first', true);
    if (body?.includes('[redacted'))
        return tell('Secrets in it are masked: put values in their place first', true);
    const credential = what.isKeyed ? keyOf(form) : token.get();
    const reply = await reach(what.url, { method: what.method, body,
        headers: { ...credential && { authorization: `Bearer ${credential}` }, ...body && { 'content-type': 'application/json' } } });
    const answer = await reply.json().catch(() => ({}));
    if (!reply.ok)
        return tell(`${reply.status} ${textOf(answer)}`, true);
    tell(`${reply.status} done${answer.key ? `: ${answer.key} is the key, which is not shown again` : ''}`);
    return show(form, answer, sent);
}

onForms('[data-form]:not([data-try])', { send, show: form => showCurl(curlOf(requestOf(form))) });
