// The page: asks for it, where the address says, and makes what is shown into what came. What is the same stays as it
// is: the focus, what is open, what was typed. Nothing here makes markup of a text; the page's policy would not let it.

import { headers, token } from './token.js';

export const find = (selector, from = document) => from.querySelector(selector);
const root = document.documentElement;

const SILENT = 'the mock does not answer';

/** As fetch, which says in words of its own that nobody answers. */
export const reach = (url, options) => fetch(url, options).catch(error => {
    throw error.name === 'AbortError' ? error : new Error(SILENT);
});

/** XMLHttpRequest, because it parses without making markup of a text: { status, page }. */
function ask(url) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('GET', url);
        request.responseType = 'document';
        for (const [name, value] of Object.entries(headers({ 'x-mock-refresh': '1' })))
            request.setRequestHeader(name, value);
        request.onload = () => resolve({ status: request.status, page: request.response });
        request.onerror = () => reject(new Error(SILENT));
        request.send();
    });
}

// ---- morphing ---------------------------------------------------------------------------------------------

const keyOf = node => node.id || node.dataset?.key || '';
const isSame = (a, b) => a.nodeName === b.nodeName && keyOf(a) === keyOf(b);
const KEPT = new Set(['open', 'hidden']); // what the reader has opened stays open

function copyAttributes(from, to) {
    for (const { name } of [...to.attributes])
        if (!from.hasAttribute(name) && !KEPT.has(name))
            to.removeAttribute(name);
    for (const { name, value } of from.attributes)
        if (to.getAttribute(name) !== value && name !== 'nonce' && !KEPT.has(name))
            to.setAttribute(name, value);
}

const marked = select => [...select.options].find(option => option.defaultSelected)?.value;

/** Options come and go, and with them their places: what is chosen stays, unless it is what the page had marked and now marks
 *  another. */
function morphSelect(to, from) {
    const chosen = to.value, isFree = chosen !== marked(to);
    morphChildren(to, from);
    const next = isFree ? chosen : marked(to) ?? chosen;
    if ([...to.options].some(option => option.value === next))
        to.value = next;
}

function morph(to, from) {
    if (to.nodeType !== Node.ELEMENT_NODE) {
        if (to.data !== from.data)
            to.data = from.data;
    } else if (!to.hasAttribute('data-keep')) {
        copyAttributes(from, to);
        (to.nodeName === 'SELECT' ? morphSelect : morphChildren)(to, from);
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

function show(page) {
    document.title = page.title;
    if (document.body.className === page.body.className)
        morph(document.body, page.body);
    else
        document.body.replaceWith(document.importNode(page.body, true)); // locked or unlocked
}

// ---- looking again, and going elsewhere ---------------------------------------------------------------------

export function say(text, lost = false) {
    const pulse = find('.pulse');
    if (!pulse)
        return;
    pulse.classList.toggle('lost', lost);
    if (pulse.textContent !== text)
        pulse.textContent = text;
}

let newest = 0; // of several pages that were asked for, the last one is shown

/** Shows the page of the address: true unless there is none to show. Of a space that was dropped, what is being read stays,
 *  unless the reader goes elsewhere in it. */
export async function refresh({ isElsewhere = false } = {}) {
    const turn = ++newest, { status, page } = await ask(location.href);
    if (turn !== newest)
        return true;
    if (status === 404) {
        if (isElsewhere)
            location.reload(); // the page that says so
        say('This space was dropped', true);
        return false;
    }
    if (page?.body)
        show(page);
    root.classList.toggle('token', Boolean(token.get()));
    if (status !== 200)
        say(`answered ${status}`, true);
    return status === 200;
}

/** A search that was not typed here is put into its field. */
function fillSearch() {
    const field = find('#q');
    if (field && field !== document.activeElement)
        field.value = field.getAttribute('value') ?? '';
}

/** Whether the address is one of this page's, in any space. */
export const isOurs = url => url.origin === location.origin && /^\/_mock\/(s\/[^/]+\/_mock\/)?$/.test(url.pathname);

const places = new Map(); // how far down the pages were that the reader has left

/** What is shown: addresses of the same page may differ. */
function nameOf() {
    const asked = new URLSearchParams(location.search);
    return JSON.stringify([location.pathname, document.body.dataset.tab, find('#list')?.dataset.listName ?? '', asked.get('before'),
        asked.get('q'), asked.get('own'), asked.get('id')]);
}

let here = nameOf();

/** A page begins at its top, a row beside its list with its heading, and one that was left is where it was left. */
function place(from, isBack) {
    const isPage = [0, 1, 2, 3].some(i => JSON.parse(from)[i] !== JSON.parse(here)[i]);
    if (isBack && places.has(here))
        return scrollTo(0, places.get(here));
    if (isPage)
        scrollTo(0, 0);
    if (from !== here && find('#detail')) {
        find('#detail').scrollTop = 0;
        find('#h-detail')?.scrollIntoView({ block: 'nearest' });
    }
    return undefined;
}

/** Shows another address of this page, without a reload. */
export async function go(url, { replace = false, isBack = false } = {}) {
    places.set(here, scrollY);
    history[replace ? 'replaceState' : 'pushState'](null, '', new URL(url, location.href));
    await arrive(isBack);
}

let space = location.pathname;

async function arrive(isBack) {
    const shown = await refresh({ isElsewhere: true }), from = here;
    if (space !== location.pathname)
        dispatchEvent(new Event('console-elsewhere'));
    space = location.pathname;
    fillSearch();
    find('#switch')?.removeAttribute('open');
    here = nameOf();
    if (shown)
        place(from, isBack);
}

addEventListener('popstate', () => arrive(true).catch(error => say(error.message, true)));
