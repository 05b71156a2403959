// Calls of the API from here: a request that is sent again, an operation that is tried. The key stays in this tab.

import { callIn, copy, onForms, quoted, showCurl, tell, urlOf } from './calls.js';
import { find, reach } from './page.js';
import { fill, formOf } from './programs.js';
import { token } from './token.js';

const KEY = 'duvo-mock API key';
const FIXTURES_KEY = 'dv_test_owner';

/** The key that a form sends: its own, the last that was typed, or that of the fixtures' owner. */
export const keyOf = form => form.elements.key?.value || sessionStorage.getItem(KEY) || FIXTURES_KEY;

export function keepKey(form) {
    if (form.elements.key?.value)
        sessionStorage.setItem(KEY, form.elements.key.value);
}

/** { method, url, key, body }: parameters of the path that are not given stay as they are. */
function requestOf(form) {
    let [method, path] = callIn(form);
    const query = new URLSearchParams();
    for (const field of form.elements)
        if (field.name.startsWith(':'))
            path = path.replace(`{${field.name.slice(1)}}`, encodeURIComponent(field.value));
        else if (field.name.startsWith('?') && field.value)
            query.append(field.name.slice(1), field.value);
    const url = `${urlOf(path)}${query.size ? `?${query}` : ''}`;
    return { method, url, key: keyOf(form), body: form.elements['*']?.value || undefined };
}

function curlOf({ method, url, body }) {
    const json = body ? ` --json ${quoted(body)}` : '';
    return `curl -X ${method} ${quoted(url)} -H "Authorization: Bearer $KEY"${json}`;
}

function showPrograms(form) {
    showCurl(curlOf(requestOf(form)));
    const detail = form.closest('.detail');
    if (detail)
        fill(form, detail);
}

async function send(form) {
    keepKey(form);
    showPrograms(form);
    const { method, url, key, body } = requestOf(form);
    if (body?.includes('[redacted'))
        return void tell('Secrets in the body are masked: put values in their place first', true);
    const credential = form.elements.key || !callIn(form)[1].startsWith('/_mock/') ? key : token.get();
    const isForm = form.hasAttribute('data-form');
    const reply = await reach(url, { method, body: isForm && body ? formOf(JSON.parse(body)) : body,
        headers: { ...credential && { authorization: `Bearer ${credential}` }, ...body && !isForm && { 'content-type': 'application/json' } } });
    const text = await reply.text(), shown = find('[data-answer]', form);
    tell(`${reply.status} ${reply.ok ? 'done' : reply.statusText}`, !reply.ok);
    if (shown)
        shown.textContent = indented(text);
    else if (!reply.ok)
        tell(`${reply.status} ${messageIn(text)}`, true);
    return undefined;
}

function messageIn(text) {
    try {
        return JSON.parse(text).message ?? '';
    } catch {
        return '';
    }
}

function indented(text) {
    try {
        return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
        return text;
    }
}

addEventListener('click', ({ target }) => {
    if (target.closest?.('[data-copy-program]'))
        copy(find('pre', target.closest('details')).innerText);
});

onForms('[data-try]', { send, show: showPrograms });

addEventListener('focusin', ({ target }) => {
    if (target.matches?.('[data-api-key]') && !target.value)
        target.value = sessionStorage.getItem(KEY) ?? '';
});
