// What the console costs its reader, in Chromium: prints how it paints, scrolls, hears and rests with much in the mock.
// Usage: node tests/load/console.mjs SERVER DIR [PART…]
//   SERVER  the program        DIR  where tests/e2e/package.json is installed
//   PART    size, paint, news, scroll, rest: all when none is named
// REQUESTS=10000 CONNECTIONS=1000 PAINTS=9 in the environment: how many of each.
//
// Nothing is asserted: times are those of this machine, and of what else it does. Processor times of the page's main thread
// say what is the page's own. A frame is what lies between two calls of requestAnimationFrame; the pages are scrolled by wheel
// events of the browser, as those of a mouse are.

import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { startBrowser } from '../e2e/lib/browser.mjs';
import { startApp } from '../e2e/lib/app.mjs';
import { isLive } from '../e2e/lib/console.mjs';
import { startMock } from '../e2e/lib/mock.mjs';

const [program, dir, ...wanted] = process.argv.slice(2);
const requestsWanted = Number(process.env.REQUESTS ?? 10000), connectionsWanted = Number(process.env.CONNECTIONS ?? 1000);
const JOURNAL_BYTES = 256 << 20; // none of the requests is to be forgotten
const PAINTS = Number(process.env.PAINTS ?? 9), SHOWN = 15, IDLE_MS = 10000, WHEEL_PX = 120, NOTCHES_PER_SECOND = 60, AT_ONCE = 16;

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
const ms = value => `${value.toFixed(1)} ms`;

function spread(values) {
    const sorted = [...values].sort((a, b) => a - b);
    return `best ${ms(sorted[0])}, median ${ms(at(sorted, 0.5))}, p95 ${ms(at(sorted, 0.95))}, worst ${ms(sorted.at(-1))}`;
}

/** Processor time of the page's main thread, which other programs of the machine do not change, and the parts of it. */
const PARTS = { scripts: 'ScriptDuration', style: 'RecalcStyleDuration', layout: 'LayoutDuration' };

async function openMeter(page) {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const read = async () => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, 1000 * value]));
    let before = await read();
    /** What has been spent since the last time. */
    return async () => {
        const after = await read(), spent = {};
        for (const [name, metric] of Object.entries({ all: 'TaskDuration', ...PARTS }))
            spent[name] = after[metric] - before[metric];
        before = after;
        return spent;
    };
}

/** A share of it for each of so many. */
const costText = (cost, share = 1) => `processor time of the page ${ms(cost.all / share)} (${Object.keys(PARTS)
    .map(name => `${name} ${(cost[name] / share).toFixed(1)}`).join(', ')})`;

const sumOf = costs => Object.fromEntries(['all', ...Object.keys(PARTS)].map(name => [name, costs.reduce((sum, one) => sum + one[name], 0)]));

const say = (what, text) => console.log(`${what.padEnd(34)} ${text}`);

async function repeat(times, make) {
    let next = 0;
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
        while (next < times)
            await make(next++);
    }));
}

/** So many connections, and then so many requests of all sorts in the journal. */
async function fill(mock, requests, connections) {
    await repeat(connections, i => mock.call('POST', '/v1/connections', { name: `Connection ${i}`, provider: 'user', auth_method: 'url' }));
    await mock.call('DELETE', '/_mock/requests');
    await repeat(requests, i => (i % 5 ? mock.call('GET', `/v1/connections?limit=5&offset=${i % 900}`) : mock.call('GET', `/v1/nothing/${i}`)));
}

// ---- first paint --------------------------------------------------------------------------------------------------

/** Milliseconds from the navigation to the first contentful paint. */
const paintOf = page => page.evaluate(() => new Promise(done => {
    new PerformanceObserver((list, observer) => {
        const paint = list.getEntriesByName('first-contentful-paint')[0];
        if (paint) {
            observer.disconnect();
            done(paint.startTime);
        }
    }).observe({ type: 'paint', buffered: true });
}));

/** Milliseconds of processor time that the page's main thread spends up to the first contentful paint. */
async function costOfPaint(browser, url) {
    const page = await browser.newPage();
    await page.goto('about:blank');
    await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing', 'loading', 'toplevel'] });
    await page.goto(url);
    await paintOf(page);
    await sleep(200);
    const events = JSON.parse(await browser.stopTracing()).traceEvents;
    await page.close();
    const paint = events.filter(one => one.name === 'firstContentfulPaint').at(-1);
    const isMain = new Set(events.filter(one => one.name === 'thread_name' && one.args.name === 'CrRendererMain').map(one => `${one.pid} ${one.tid}`));
    const tasks = events.filter(one => one.name === 'ThreadControllerImpl::RunTask' && one.ph === 'X' && one.pid === paint.pid && isMain.has(`${one.pid} ${one.tid}`) && one.ts < paint.ts);
    return tasks.reduce((sum, one) => sum + (one.tdur ?? 0), 0) / 1000;
}

/** Cold: a context of its own, without a cache, a connection or a compiled script. Warm: the same tab again. */
async function openOnce(browser, { url, isConsole }) {
    const context = await browser.newContext(), page = await context.newPage(), meter = await openMeter(page);
    await page.goto(url);
    const cold = await paintOf(page);
    if (isConsole)
        await isLive(page);
    const cost = await meter();
    await page.reload();
    const warm = await paintOf(page);
    await context.close();
    return { cold, warm, cost, until: await costOfPaint(browser, url) };
}

/** All in turn, so that what else the machine does meets each of them; the first is what the others are held against. */
async function measurePaints(browser, pages) {
    const rounds = [];
    for (let i = 0; i < PAINTS; i++) {
        const round = [];
        for (const page of pages)
            round.push(await openOnce(browser, page));
        rounds.push(round);
    }
    for (const [at, { name }] of pages.entries()) {
        const seen = what => rounds.map(round => round[at][what]);
        const beyond = what => spread(rounds.map(round => round[at][what] - round[0][what]));
        say(`first paint, ${name}`, `cold: ${spread(seen('cold'))}`);
        if (at)
            say('', `beyond ${pages[0].name} in the same round: ${beyond('cold')}`);
        say('', `warm: ${spread(seen('warm'))}`);
        if (at)
            say('', `beyond ${pages[0].name} in the same round: ${beyond('warm')}`);
        say('', `processor time of the page until then: ${spread(seen('until'))}`);
        say('', `${costText(seen('cost')[0])} until it is live`);
    }
}

async function measureSize(mock, query, name) {
    const reply = await fetch(`${mock.origin}/_mock/${query}`), page = Buffer.from(await reply.arrayBuffer());
    say(`size, ${name}`, `${(page.length / 1024).toFixed(1)} KiB, ${(gzipSync(page).length / 1024).toFixed(1)} KiB in gzip`);
}

// ---- scrolling ----------------------------------------------------------------------------------------------------

/** Begins to write down frames and long tasks. */
const watchFrames = page => page.evaluate(() => {
    const seen = { frames: [], tasks: [], on: true };
    let before;
    const frame = now => {
        if (before !== undefined)
            seen.frames.push(now - before);
        before = now;
        if (seen.on)
            requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    seen.observer = new PerformanceObserver(list => seen.tasks.push(...list.getEntries().map(entry => entry.duration)));
    seen.observer.observe({ type: 'longtask' });
    globalThis.seenByFigures = seen;
});

const framesOf = page => page.evaluate(async () => {
    const seen = globalThis.seenByFigures;
    seen.on = false;
    await new Promise(done => { requestAnimationFrame(() => requestAnimationFrame(done)); });
    seen.observer.disconnect();
    return { frames: seen.frames, tasks: seen.tasks };
});

const placeOf = page => page.evaluate(() => [scrollY, document.documentElement.scrollHeight - innerHeight]);

/** Turns the wheel until the page goes no further. */
async function scrollDown(page) {
    await page.mouse.move(400, 400);
    for (let [y, end] = await placeOf(page); y < end - 1; [y, end] = await placeOf(page))
        for (let notch = 0; notch < 8; notch++) {
            await page.mouse.wheel(0, WHEEL_PX);
            await sleep(1000 / NOTCHES_PER_SECOND);
        }
}

/** From the first row to the last: down each page, and on to the older ones. */
async function scrollList(page, mock, query, name) {
    await page.goto(`${mock.origin}/_mock/${query}`);
    await isLive(page);
    const frames = [], tasks = [], turns = [], scrolls = [], leaps = [];
    const meter = await openMeter(page);
    let rows = 0;
    for (;;) {
        await watchFrames(page);
        await meter();
        await scrollDown(page);
        scrolls.push(await meter());
        const last = await page.locator('[data-list] li').last().getAttribute('data-key');
        rows += await page.locator('[data-list] li').count();
        const older = page.locator('.pages a[rel=next]');
        const goesOn = await older.count() > 0;
        if (goesOn) {
            const began = performance.now();
            await older.click();
            await page.locator(`[data-list] li[data-key="${last}"]`).waitFor({ state: 'detached' });
            turns.push(performance.now() - began);
            leaps.push(await meter());
        }
        const seen = await framesOf(page);
        frames.push(...seen.frames);
        tasks.push(...seen.tasks);
        if (!goesOn)
            break;
        await page.evaluate(() => scrollTo(0, 0));
    }
    say(`${name}: ${rows} rows`, `${frames.length} frames, ${spread(frames)}, ${frames.filter(one => one > 50).length} over 50 ms`);
    say('', `${tasks.length} long tasks (over 50 ms)${tasks.length ? `, ${spread(tasks)}` : ''}`);
    say('', `${costText(sumOf(scrolls), frames.length)} a frame`);
    if (turns.length)
        say('', `${turns.length} times to the older ones: ${spread(turns)}; ${costText(sumOf(leaps), turns.length)} each`);
}

// ---- hearing ------------------------------------------------------------------------------------------------------

/** From the arrival of a reply to the frame in which its row is on the screen. */
async function measureNews(page, mock) {
    await page.goto(`${mock.origin}/_mock/?tab=requests`);
    await isLive(page);
    const took = [];
    for (let i = 0; i < SHOWN; i++) {
        await sleep(300);
        const mark = `news-${i}-${Date.now()}`;
        await page.evaluate(text => {
            globalThis.shownAt = new Promise(done => {
                const look = () => (document.querySelector('[data-list] .path')?.textContent.includes(text)
                    ? requestAnimationFrame(() => done(Date.now())) : requestAnimationFrame(look));
                look();
            });
        }, mark);
        await mock.call('GET', `/v1/connections?type=${mark}`);
        const answered = Date.now();
        took.push(Math.max(0, await page.evaluate(() => globalThis.shownAt) - answered));
    }
    say('a request, from reply to screen', spread(took));
}

// ---- resting ------------------------------------------------------------------------------------------------------

/** What ten seconds cost in which nothing happens: requests, timers that fire, processor time of the page. */
async function measureRest(page, mock, tab) {
    await page.addInitScript(() => {
        globalThis.timersFired = 0;
        for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback']) {
            const plain = globalThis[name].bind(globalThis);
            globalThis[name] = (run, ...rest) => plain((...args) => {
                globalThis.timersFired++;
                return run(...args);
            }, ...rest);
        }
    });
    await page.goto(`${mock.origin}/_mock/?tab=${tab}`);
    await isLive(page);
    await sleep(1500);
    const meter = await openMeter(page);
    let requests = 0;
    page.on('request', () => requests++);
    const timers = await page.evaluate(() => globalThis.timersFired);
    await sleep(IDLE_MS);
    const fired = await page.evaluate(() => globalThis.timersFired) - timers;
    say(`${IDLE_MS / 1000} idle seconds, ${tab}`, `${requests} requests, ${fired} timers fired, ${costText(await meter())}`);
}

// ---- all of it ----------------------------------------------------------------------------------------------------

const parts = {
    async size(mock) {
        await measureSize(mock, 's/empty/_mock/', 'a page without data');
        await measureSize(mock, '', 'requests, a page full');
        await measureSize(mock, '?tab=connections', 'connections, a page full');
        await measureSize(mock, '?tab=reference', 'reference');
    },
    async paint(mock, browser) {
        const app = await startApp();
        const ours = { 'a page without data': 's/empty/_mock/', ...Object.fromEntries(['requests', 'connections', 'reference'].map(tab => [tab, `?tab=${tab}`])) };
        await measurePaints(browser, [{ name: 'a page of one word', url: app.serve('/word', '<p>word</p>') },
            ...Object.entries(ours).map(([name, query]) => ({ name, url: `${mock.origin}/_mock/${query}`, isConsole: true }))]);
        await app.stop();
    },
    async news(mock, browser) {
        await measureNews(await browser.newPage(), mock);
    },
    async scroll(mock, browser) {
        const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
        for (const tab of ['connections', 'reference', 'requests'])
            await scrollList(page, mock, `?tab=${tab}`, tab);
        await page.close();
    },
    async rest(mock, browser) {
        for (const tab of ['requests', 'connections'])
            await measureRest(await browser.newPage(), mock, tab);
    },
};

const { version } = createRequire(resolve(dir, 'package.json'))('playwright-core/package.json');
const mock = await startMock(resolve(program), { flags: ['--journal-bytes', String(JOURNAL_BYTES)] });
const browser = await startBrowser(dir);
say('browser', `Chromium ${browser.version()}, driven by playwright-core ${version}, without a window`);
await mock.call('POST', '/_mock/s/empty/_mock/reset', { to: 'empty' });
await mock.call('DELETE', '/_mock/s/empty/_mock/requests');
await fill(mock, requestsWanted, connectionsWanted);
say('filled with', `${requestsWanted} requests, ${connectionsWanted} connections`);
for (const [name, measure] of Object.entries(parts))
    if (!wanted.length || wanted.includes(name))
        await measure(mock, browser);
await browser.close();
await mock.stop();
