// One browser for all tests; each test gets a context of its own, in which everything is watched.

import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import assert from 'node:assert/strict';

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const WAIT_MS = 10000;

// No name but these is resolved: whatever a page wants from elsewhere fails, and is seen.
const ONLY_LOCAL = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost';

/** Starts Debian's Chromium with the driver that is installed in `dir`. */
export function startBrowser(dir) {
    const { chromium } = createRequire(resolve(dir, 'package.json'))('playwright-core');
    const executablePath = process.env.CHROMIUM ?? PROGRAMS.find(path => existsSync(path));
    assert.ok(executablePath, `no browser: none of ${PROGRAMS.join(', ')} is there, and CHROMIUM is not set`);
    return chromium.launch({ executablePath, chromiumSandbox: process.getuid() !== 0, args: [ONLY_LOCAL] });
}

/** A context without JavaScript unless `options` say otherwise, and the record of what happens in it. */
export async function openContext(browser, options = {}) {
    const context = await browser.newContext({ javaScriptEnabled: false, ...options });
    const seen = { requests: [], complaints: [], dialogs: [] };
    context.setDefaultTimeout(WAIT_MS);
    context.on('request', request => seen.requests.push(request.url()));
    context.on('console', message => {
        if (['error', 'warning'].includes(message.type()))
            seen.complaints.push(message.text());
    });
    context.on('weberror', error => seen.complaints.push(String(error.error())));
    context.on('dialog', dialog => {
        seen.dialogs.push(dialog.message());
        return dialog.dismiss();
    });
    return { context, seen };
}

/** Fails when a page went anywhere but to `origins`, opened a dialog, or made the browser complain unexpectedly. */
export function checkSeen(seen, origins, { expected = [], tolerated = [] }) {
    const known = [...expected, ...tolerated];
    const foreign = seen.requests.filter(url => !url.startsWith('data:') && !origins.includes(new URL(url).origin));
    const unexpected = seen.complaints.filter(text => !known.some(pattern => pattern.test(text)));
    assert.deepEqual(foreign, [], 'requests to other places');
    assert.deepEqual(seen.dialogs, [], 'dialogs');
    assert.deepEqual(unexpected, [], 'what the browser complained of');
    for (const pattern of expected)
        assert.ok(seen.complaints.some(text => pattern.test(text)), `the browser did not complain of ${pattern}`);
}
