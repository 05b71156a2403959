// The console's script, of one module for each concern. The page is all there without it.

import { failed } from './console/calls.js';
import { watch } from './console/events.js';
import { find, go, isOurs, refresh, say } from './console/page.js';
import { token } from './console/token.js';
import './console/fixtures.js';
import './console/forms.js';
import './console/keys.js';
import './console/try.js';

const SEARCH_MS = 150; // after the last letter
let searching;

const lost = error => say(error.message, true);

// ---- links and searches, without a reload ----------------------------------------------------------------------

addEventListener('click', event => {
    const link = event.target.closest?.('a[href]');
    const isPlain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || link.target || link.hash || !isOurs(new URL(link.href)))
        return;
    event.preventDefault();
    go(link.href, { isBack: link.hasAttribute('data-close') }).catch(lost);
});

function search(form, replace) {
    const url = new URL(location.pathname, location.href);
    for (const [name, value] of new FormData(form))
        if (value)
            url.searchParams.set(name, value);
    return go(url, { replace });
}

addEventListener('input', ({ target }) => {
    const form = target.closest?.('[data-search]'), from = location.href;
    clearTimeout(searching);
    if (form) // what was typed is no longer asked for once the reader has gone elsewhere
        searching = setTimeout(() => location.href === from && search(form, true).catch(lost), SEARCH_MS);
});

/** What was typed before this script was there. */
function searchTyped() {
    const field = find('#q');
    if (field && field.value !== field.defaultValue)
        field.dispatchEvent(new Event('input', { bubbles: true }));
}

addEventListener('submit', event => {
    const form = event.target;
    if (form.hasAttribute('data-search')) {
        event.preventDefault();
        clearTimeout(searching);
        search(form, false).catch(lost);
    } else if (form.hasAttribute('data-unlock')) {
        event.preventDefault();
        token.set(form.elements.token.value);
        refresh().then(() => watch({ anew: true })).catch(failed);
    }
});

addEventListener('click', ({ target }) => {
    if (!target.closest?.('[data-lock]'))
        return;
    token.drop();
    location.reload();
});

addEventListener('console-elsewhere', () => watch({ anew: true }));

document.documentElement.classList.add('awake');
searchTyped();
if (token.get() && find('[data-unlock]')) // it came without the token, as whatever a browser asks for does
    refresh().then(() => watch()).catch(lost);
else
    watch();
