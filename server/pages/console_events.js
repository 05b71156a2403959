// What happens in the space brings the page up to date: one stream of events, read with fetch so that the admin token is
// sent. Nothing is asked for again and again, and a page that nobody sees reads nothing.

import { find, reach, refresh, say } from './page.js';
import { headers } from './token.js';

const PAUSE_MS = 100; // at the least, between two looks at what keeps changing
const AGAIN_MS = 1000; // until a stream that broke is asked for again

let stream; // what ends the one that is open
let since; // the last event that was read
let looks = false, again = false;

/** Looks now, and once more when something has happened meanwhile. */
async function look() {
    again = looks;
    if (looks)
        return;
    looks = true;
    const start = performance.now();
    try {
        if (!await refresh())
            close();
    } catch (error) {
        say(error.message, true);
    }
    await new Promise(resolve => { setTimeout(resolve, Math.max(PAUSE_MS, 2 * (performance.now() - start))); });
    looks = false;
    if (again)
        look();
}

/** Requests are on a tab of their own, and change nothing on the others but the hits of faults. */
function concerns({ kind }) {
    const isRequest = kind === 'request';
    return document.body.dataset.tab === 'requests' ? isRequest : !isRequest;
}

function take(lines) {
    const fields = new Map(lines.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
    since = fields.get('id') ?? since;
    if (fields.get('event') === 'resync' || (fields.has('data') && concerns(JSON.parse(fields.get('data')))))
        look();
}

/** Reads to the end. */
async function read(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ''; ;) {
        const { value, done } = await reader.read();
        if (done)
            return;
        const events = (rest + value).split('\n\n');
        rest = events.pop();
        events.forEach(take);
    }
}

function close() {
    stream?.abort();
    stream = undefined;
}

/** False when there is no space, or no token for it: then nothing is asked for any more. */
async function open() {
    const mine = stream = new AbortController();
    const url = new URL(`events${since ? `?since=${since}` : ''}`, location.href);
    const reply = await reach(url, { headers: headers(), signal: mine.signal });
    if (reply.status === 503)
        throw new Error('too many pages watch: this one does not');
    if (!reply.ok)
        return false;
    say('live');
    await read(reply.body);
    throw new Error('the mock does not answer');
}

/** Watches the space of the address for as long as the page is seen. */
async function follow() {
    for (let goesOn = true; goesOn && !document.hidden;) {
        const before = stream;
        try {
            goesOn = await open();
            if (!goesOn)
                await look();
        } catch (error) {
            if (error.name === 'AbortError')
                return;
            say(error.message, true);
            await new Promise(resolve => { setTimeout(resolve, AGAIN_MS); });
            goesOn = stream !== undefined && stream !== before;
            if (goesOn)
                await look();
        }
    }
}

/** Begins anew: another space, another token, or a page that is seen again. */
export function watch({ anew = false } = {}) {
    close();
    if (anew)
        since = undefined;
    if (!document.hidden && !find('[data-unlock]'))
        follow();
}

addEventListener('visibilitychange', () => {
    if (document.hidden) {
        close();
    } else {
        watch();
        look();
    }
});
