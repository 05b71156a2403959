// Fixtures: the rows that a request is about, as a document of their own; and a document that is loaded.

import { call, curlOf, onForms, showCurl, tell } from './calls.js';
import { find, refresh } from './page.js';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\bca_[\w-]+/g;
const fixtures = () => ({ method: 'GET', url: new URL('fixtures', location.href).href });

/** The rows of an export whose ids are among those; team and person are in every reply, and meant by none. */
function rowsOf(document, ids) {
    const rest = ['organizations', 'teams', 'people', 'members', 'api_keys', '$export'];
    const found = Object.entries(document).filter(([name]) => !rest.includes(name))
        .map(([name, rows]) => [name, rows.filter(row => ids.has(row.id))]);
    return Object.fromEntries(found.filter(([, rows]) => rows.length));
}

async function makeFixture() {
    const detail = find('#detail'), shown = find('[data-rows]');
    const parts = [detail.dataset.path, ...['request', 'reply'].map(name => find(`[data-testid="${name}"]`)?.textContent)];
    showCurl(curlOf(fixtures()));
    const { ok, status, answer } = await call(fixtures());
    if (!ok)
        return tell(`${status} ${answer.message ?? ''}`, true);
    const rows = rowsOf(answer, new Set(parts.join(' ').match(ID) ?? []));
    const isAny = Object.keys(rows).length > 0;
    shown.textContent = isAny ? JSON.stringify(rows, null, 2) : '';
    return tell(isAny ? `${status} done` : 'This request is about no row that is still there', !isAny);
}

const loading = form => ({ method: 'POST', url: fixtures().url, body: form.elements['*'].value });

async function load(form) {
    const what = loading(form);
    showCurl(curlOf(what));
    const { ok, status, answer } = await call(what);
    tell(ok ? `${status} done` : `${status} ${answer.message ?? ''}`, !ok);
    if (ok)
        form.reset();
    await refresh();
}

onForms('[data-fixture]', { send: makeFixture, show: () => showCurl(curlOf(fixtures())) });

onForms('[data-load]', {
    send: load,
    show: form => {
        if (form.elements['*'].value)
            showCurl(curlOf(loading(form)));
    },
});
