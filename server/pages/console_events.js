// What happens in the space brings the page up to date.

import { find, refresh, say } from './page.js';

const PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 4000; // where the page is so large that looking at it takes its time
let stopped = false;

export function resume() {
    stopped = false;
}

export async function watch() {
    for (;;) {
        const start = performance.now();
        try {
            if (!stopped && !document.hidden) {
                stopped = !await refresh();
                if (!stopped)
                    say('live');
            }
        } catch (error) {
            say(error.message, true);
        }
        const pause = Math.max(PAUSE_MS, 4 * (performance.now() - start));
        await new Promise(resolve => { setTimeout(resolve, Math.min(LONGEST_PAUSE_MS, pause)); });
    }
}
