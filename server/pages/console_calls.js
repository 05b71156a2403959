// Buttons: a form says what it asks for; the bar shows the curl command that does the same, and what came of it.

import { find, reach, refresh } from './page.js';
import { headers, token } from './token.js';

/** As a shell takes it: in quotes, and what stands between them. */
export const inQuotes = text => text.replaceAll("'", "'\\''");
export const quoted = text => `'${inQuotes(text)}'`;

/** Puts a value at `a.b` of an object; an object is added to the one that is there. */
export function put(object, path, value) {
    const [name, ...rest] = path.split('.');
    if (rest.length)
        put(object[name] ??= {}, rest.join('.'), value);
    else
        object[name] = typeof object[name] === 'object' && !Array.isArray(value) ? { ...object[name], ...value } : value;
}

/** What a form asks for: [method, path], the path below the space. Its hidden fields say so to the server, too, which makes
 *  the call when there is no script (router/form_call.h). */
export const callIn = form => {
    const [method, ...path] = form.elements['~call'].value.split(' ');
    return [method, path.join(' ')];
};

/** Of the space that is shown. */
export const base = () => location.pathname.replace(/\/_mock\/$/, '');
export const urlOf = path => `${location.origin}${base()}${path}`;

export const wordsOf = field => field.value.split(/[\s,]+/).filter(Boolean);

export function jsonOf(field) {
    try {
        return JSON.parse(field.value);
    } catch {
        throw new Error(`${field.name}: that is no JSON`);
    }
}

/** What a form asks for when that button is pressed: { method, url, body }. Fields that are empty are left out. */
export function callOf(form, button) {
    let [method, path] = callIn(form);
    let body = {};
    const isMeant = field => field.name && !field.name.startsWith('~') && field.value && (field.type !== 'submit' || field === button) &&
        (field.type !== 'checkbox' || field.checked);
    for (const field of [...form.elements].filter(isMeant)) {
        const read = { json: jsonOf, words: wordsOf }[field.dataset.type];
        if (field.name.startsWith(':'))
            path = path.replace(`{${field.name.slice(1)}}`, encodeURIComponent(field.value));
        else if (field.name === '*')
            body = jsonOf(field);
        else
            put(body, field.name, read ? read(field) : field.value);
    }
    return { method, url: urlOf(path), body: Object.keys(body).length ? JSON.stringify(body) : undefined };
}

/** The same for a shell. The token is named, not shown. */
export function curlOf({ method, url, body }) {
    const key = token.get() ? ' -H "Authorization: Bearer $DUVO_MOCK_ADMIN_TOKEN"' : '';
    return `curl${key} -X ${method} ${quoted(url)}${body ? ` --json ${quoted(body)}` : ''}`;
}

export function tell(text, failed = false) {
    const told = find('.bar p');
    find('.bar').classList.add('used');
    told.textContent = text;
    told.classList.toggle('failed', failed);
}

export const failed = error => tell(String(error.message), true);

export function showCurl(text) {
    const code = find('.bar code');
    find('.bar').classList.add('used');
    if (code.textContent !== text) {
        code.textContent = text;
        tell('');
    }
}

/** What cannot be read yet is said when the form is sent. */
function tryTo(show, form, button) {
    try {
        show(form, button);
    } catch {
        showCurl('');
    }
}

const busy = new WeakSet(); // a second click of a double click asks for nothing more

/** Forms that a selector finds: `send` does what they are for, and `show` says it while somebody is at them. Both get the
 * form and the button, that which was pressed, is pointed at or comes first. */
export function onForms(selector, { send, show }) {
    addEventListener('submit', event => {
        const form = event.target;
        if (!form.matches(selector))
            return;
        event.preventDefault();
        if (busy.has(form))
            return;
        busy.add(form);
        send(form, event.submitter).catch(failed).finally(() => busy.delete(form));
    });
    for (const type of ['focusin', 'pointermove', 'input'])
        addEventListener(type, ({ target, movementX, movementY }) => {
            if (type === 'pointermove' && !movementX && !movementY)
                return; // it is the page that has moved
            const form = target.form ?? target.closest?.('form');
            if (form?.matches(selector))
                tryTo(show, form, target.closest?.('button') ?? find('button', form));
        });
}

/** { ok, status, answer }. */
export async function call({ method, url, body }) {
    const reply = await reach(url, { method, body, headers: headers(body && { 'content-type': 'application/json' }) });
    return { ok: reply.ok, status: reply.status, answer: await reply.json().catch(() => ({})) };
}

// ---- undoing ----------------------------------------------------------------------------------------------

const snapshot = what => ({ method: what ? 'POST' : 'PUT', url: new URL(`snapshots/undo${what}`, location.href).href });

/** What a form does, one call after the other: what can be undone begins with a snapshot. */
const callsOf = (form, button) =>
    [...form.hasAttribute('data-undo') ? [snapshot('')] : [], callOf(form, button)];

const curlsOf = (form, button) => callsOf(form, button).map(curlOf).join('\n');

function offerUndo(isOffered) {
    const button = find('[data-undo-last]');
    if (button)
        button.hidden = !isOffered;
}

async function undo() {
    const what = snapshot('/restore');
    showCurl(curlOf(what));
    const { ok, status, answer } = await call(what);
    tell(ok ? `${status} done: the data is as it was` : `${status} ${answer.message ?? ''}`, !ok);
    offerUndo(!ok);
    await refresh();
}

addEventListener('console-elsewhere', () => offerUndo(false)); // it is of the space that was left

// ---- doing ------------------------------------------------------------------------------------------------

/** The first that fails is the last. */
async function callEach(calls) {
    let last;
    for (const one of calls) {
        last = await call(one);
        if (!last.ok)
            break;
    }
    return last;
}

async function send(form, button) {
    showCurl(curlsOf(form, button));
    const { ok, status, answer } = await callEach(callsOf(form, button));
    offerUndo(ok && form.hasAttribute('data-undo'));
    tell(ok ? `${status} done` : `${status} ${answer.message ?? ''}`, !ok);
    if (ok && form.hasAttribute('data-renew'))
        form.reset();
    await refresh();
}

// Without the line end at its end, with which a shell would run it as soon as it is pasted.
export async function copy(text) {
    try {
        await navigator.clipboard.writeText(text.trimEnd());
        tell('copied');
    } catch {
        tell('The browser does not let this page copy: select the text instead', true);
    }
}

addEventListener('click', ({ target }) => {
    const button = target.closest?.('button');
    if (button?.dataset.copy)
        copy(button.dataset.copy);
    else if (button?.hasAttribute('data-copy-curl'))
        copy(find('.bar code').textContent);
    else if (button?.hasAttribute('data-undo-last'))
        undo().catch(failed);
});

onForms('[data-call]', {
    send,
    show: (form, button) => {
        if (form.checkValidity())
            showCurl(curlsOf(form, button));
    },
});
