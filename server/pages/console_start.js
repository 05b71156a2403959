// The page is seen before its script is asked for: what that fetches and does would otherwise come in between. A page that is
// not painted, as that of a program is not, does not wait for ever.

const PAINTED = 'paint', WAIT_MS = 1000;
const start = () => import('./console.js');

// On a busy machine a first paint, of nothing but a background, comes before that of what there is to see.
function look(list, observer) {
    if (list.getEntriesByName('first-contentful-paint').length === 0)
        return;
    observer.disconnect();
    start();
}

if (PerformanceObserver.supportedEntryTypes.includes(PAINTED))
    new PerformanceObserver(look).observe({ type: PAINTED, buffered: true });
addEventListener('load', () => setTimeout(start, WAIT_MS));
