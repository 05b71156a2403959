// The console's script: brings the page up to date by asking for it again, and makes its buttons do what the curl
// command that each shows does. Nothing here makes markup of a text; the page's policy would not let it.

'use strict';

const KEY = 'duvo-mock admin token';
const PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 4000; // where the page is so large that looking at it takes its time
const root = document.documentElement;
const here = location.pathname;
let token = sessionStorage.getItem(KEY);
let stopped = false;

const headers = more => ({ ...token && { authorization: `Bearer ${token}` }, ...more });
const find = (selector, from = document) => from.querySelector(selector);

function make(name, text, from) {
    const element = document.createElement(name);
    element.textContent = text;
    from.append(element);
    return element;
}

// ---- looking again ----------------------------------------------------------------------------------------

/** The page as it is now: { status, page }. XMLHttpRequest, because it parses without making markup of a text. */
function ask() {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('GET', here);
        request.responseType = 'document';
        for (const [name, value] of Object.entries(headers({ 'x-mock-refresh': '1' })))
            request.setRequestHeader(name, value);
        request.onload = () => resolve({ status: request.status, page: request.response });
        request.onerror = () => reject(new Error('the mock does not answer'));
        request.send();
    });
}

const keyOf = node => node.id || node.dataset?.key || '';
const isSame = (a, b) => a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

function copyAttributes(from, to) {
    for (const { name } of [...to.attributes])
        if (!from.hasAttribute(name) && name !== 'open' && name !== 'hidden')
            to.removeAttribute(name);
    for (const { name, value } of from.attributes)
        if (to.getAttribute(name) !== value && name !== 'nonce')
            to.setAttribute(name, value);
}

/** Makes `to` what `from` is, and leaves alone what is the same: the focus, what is open, what was typed. */
function morph(to, from) {
    if (to.nodeType !== Node.ELEMENT_NODE) {
        if (to.data !== from.data)
            to.data = from.data;
    } else if (!to.hasAttribute('data-keep')) {
        copyAttributes(from, to);
        morphChildren(to, from);
    }
}

function morphChildren(to, from) {
    const wanted = new Set([...from.childNodes].map(keyOf));
    const old = new Map();
    for (const node of [...to.childNodes])
        if (keyOf(node) && !wanted.has(keyOf(node)))
            node.remove();
        else
            old.set(keyOf(node), node);
    let at = to.firstChild;
    for (const node of from.childNodes) {
        const found = keyOf(node) ? old.get(keyOf(node)) : at;
        if (!found || !isSame(found, node)) {
            to.insertBefore(document.importNode(node, true), at);
            continue;
        }
        if (found === at)
            at = at.nextSibling;
        else
            to.insertBefore(found, at);
        morph(found, node);
    }
    while (at) {
        const next = at.nextSibling;
        at.remove();
        at = next;
    }
}

function say(text, lost) {
    const pulse = find('.pulse');
    if (!pulse)
        return;
    pulse.classList.toggle('lost', lost);
    if (pulse.textContent !== text)
        pulse.textContent = text;
}

function show(page) {
    document.title = page.title;
    if (document.body.className === page.body.className)
        return morph(document.body, page.body);
    document.body.replaceWith(document.importNode(page.body, true)); // locked or unlocked
    return undefined;
}

async function refresh() {
    const { status, page } = await ask();
    if (status === 404) {
        stopped = true;
        return say('This space was dropped', true);
    }
    if (status === 200 || status === 401)
        show(page);
    stopped = status === 401;
    root.classList.toggle('token', Boolean(token));
    filter();
    return say(status === 200 ? 'live' : `answered ${status}`, status !== 200);
}

async function watch() {
    for (;;) {
        const start = performance.now();
        try {
            if (!stopped && !document.hidden)
                await refresh();
        } catch (error) {
            say(error.message, true);
        }
        const pause = Math.max(PAUSE_MS, 4 * (performance.now() - start));
        await new Promise(resolve => { setTimeout(resolve, Math.min(LONGEST_PAUSE_MS, pause)); });
    }
}

// ---- calls ------------------------------------------------------------------------------------------------

const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;

/** Puts a value at `a.b` of an object; an object is added to the one that is there. */
function put(object, path, value) {
    const [name, ...rest] = path.split('.');
    if (rest.length)
        put(object[name] ??= {}, rest.join('.'), value);
    else
        object[name] = typeof object[name] === 'object' ? { ...object[name], ...value } : value;
}

/** What a form asks for when that button is pressed: { method, url, body }. Fields that are empty are left out. */
function callOf(form, button) {
    let [method, path] = form.dataset.call.split(' ');
    const body = form.dataset.body ? JSON.parse(form.dataset.body) : {};
    const isMeant = field => field.name && field.value && (field.type !== 'submit' || field === button);
    for (const field of [...form.elements].filter(isMeant)) {
        const isJson = field.hasAttribute('data-json');
        if (field.name.startsWith(':'))
            path = path.replace(field.name, encodeURIComponent(field.value));
        else
            put(body, field.name, isJson ? JSON.parse(field.value) : field.value);
    }
    const url = new URL(path, location.href).href;
    return { method, url, body: form.dataset.body || Object.keys(body).length ? JSON.stringify(body) : undefined };
}

/** The same for a shell. The token is named, not shown. */
function curlOf({ method, url, body }) {
    const key = token ? ' -H "Authorization: Bearer $DUVO_MOCK_ADMIN_TOKEN"' : '';
    return `curl${key} -X ${method} ${quoted(url)}${body ? ` --json ${quoted(body)}` : ''}`;
}

function tell(text, failed = false) {
    const told = find('.bar p');
    told.textContent = text;
    told.classList.toggle('failed', failed);
}

function showCurl(form, button) {
    const code = find('.bar code'), text = curlOf(callOf(form, button));
    find('.bar').classList.add('used');
    if (code.textContent !== text) {
        code.textContent = text;
        tell('');
    }
}

async function send(form, button) {
    const call = callOf(form, button);
    showCurl(form, button);
    const reply = await fetch(call.url, { method: call.method, body: call.body,
        headers: headers(call.body && { 'content-type': 'application/json' }) });
    const answer = await reply.json().catch(() => ({}));
    tell(reply.ok ? `${reply.status} done` : `${reply.status} ${answer.message ?? ''}`, !reply.ok);
    if (reply.ok && form.hasAttribute('data-renew'))
        form.reset();
    await refresh();
}

// ---- journal ----------------------------------------------------------------------------------------------

/** Shows only the entries that the words of the search are in. */
function filter() {
    const words = (find('[data-find]')?.value ?? '').toLowerCase().split(/\s+/);
    for (const entry of document.querySelectorAll('.entry')) {
        const text = find('summary', entry).textContent.toLowerCase();
        entry.hidden = !words.every(word => text.includes(word));
    }
}

function addMessage(inside, title, { headers: list, body, body_lost: lost }) {
    make('h3', title, inside);
    const lines = list.map(({ name, value }) => `${name}: ${value}`).join('\n');
    const text = lost ? '(the journal has not kept the body)' : body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body, null, 2);
    make('pre', text ? `${lines}\n\n${text}` : lines, inside);
}

/** Fills an entry that was opened. */
async function fill(entry) {
    const inside = find('.inside', entry), url = new URL(`requests/${entry.dataset.ref}`, location.href);
    if (inside.hasChildNodes())
        return;
    const [reply, curl] = await Promise.all([url, `${url}?format=curl`].map(one => fetch(one, { headers: headers() })));
    if (!reply.ok || !curl.ok)
        return void make('p', 'The journal has forgotten it.', inside);
    const { request, reply: answer } = await reply.json(), command = await curl.text();
    addMessage(inside, 'Request', request);
    addMessage(inside, 'Reply', answer);
    make('h3', 'curl', inside);
    make('pre', command, inside);
    const button = make('button', 'Copy as curl', inside);
    button.className = 'small';
    button.type = 'button';
    button.dataset.copy = command;
}

// ---- what people do ---------------------------------------------------------------------------------------

async function copy(text) {
    find('.bar').classList.add('used');
    try {
        await navigator.clipboard.writeText(text);
        tell('copied');
    } catch {
        tell('The browser does not let this page copy: select the text instead', true);
    }
}

function failed(error) {
    tell(String(error.message), true);
}

function unlock(form) {
    token = form.elements.token.value;
    sessionStorage.setItem(KEY, token);
    stopped = false;
    refresh().catch(failed);
}

function lock() {
    sessionStorage.removeItem(KEY);
    location.reload();
}

addEventListener('submit', event => {
    const form = event.target;
    event.preventDefault();
    if (form.hasAttribute('data-unlock'))
        unlock(form);
    else
        send(form, event.submitter).catch(failed);
});

addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button?.dataset.copy)
        copy(button.dataset.copy);
    else if (button?.hasAttribute('data-copy-curl'))
        copy(find('.bar code').textContent);
    else if (button?.hasAttribute('data-lock'))
        lock();
});

for (const type of ['focusin', 'pointermove', 'input'])
    addEventListener(type, event => {
        const { target } = event;
        if (type === 'pointermove' && !event.movementX && !event.movementY)
            return; // it is the page that has moved
        const form = target.form ?? target.closest?.('form');
        const button = target.closest?.('button') ?? (form && find('button', form));
        if (form?.dataset.call && form.checkValidity())
            showCurl(form, button);
        if (target.hasAttribute?.('data-find'))
            filter();
    });

addEventListener('toggle', ({ target }) => {
    if (target.classList.contains('entry') && target.open)
        fill(target).catch(failed);
}, true);

root.classList.add('awake');
watch();
