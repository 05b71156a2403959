// Writes what the last `make bench` measured into the README, where its marks are. Usage: node tests/load/readme.mjs BENCH.json README.md

import { readFileSync, writeFileSync } from 'node:fs';

const MARKS = /(<!-- figures of make bench-report -->\n)[^]*?(<!-- end of the figures -->)/;

const [bench, page] = process.argv.slice(2);
const { machine, cases, peers, start, memory, story } = JSON.parse(readFileSync(bench, 'utf8'));
const whole = n => n === undefined || n === null ? '' : Math.round(n).toLocaleString('en-US');
const rate = name => whole(cases.find(one => one.name === name)?.ours.rps);
const bareRate = name => whole(cases.find(one => one.name === name)?.bare.rps);

const missing = Object.entries({ start, memory, story, peers: peers.length || undefined }).filter(([, value]) => !value).map(([name]) => name);
if (missing.length) {
    console.error(`bench-report: ${bench} has no ${missing.join(', ')}: run make bench, whole`);
    process.exit(1);
}

const rows = [
    ['duvo-mock', rate('get one'), rate('list 100 of 1,000'), whole(story.per_second), whole(start.ready.median_ms), whole(memory.idle.rss_kib / 1024)],
    ['bare libmicrohttpd, the same bytes', bareRate('get one'), bareRate('list 100 of 1,000'), '', '', ''],
    ...peers.filter(one => !one.left_out).map(one => [one.name, whole(one.get.rps), whole(one.list.rps), whole(one.story), whole(one.ready_ms),
        whole(one.rss_kib / 1024)]),
];
const line = cells => `| ${cells.join(' | ')} |`;
const text = [
    `On ${machine.cpus} × ${machine.model ?? 'an unnamed processor'}, kernel ${machine.kernel}, everything warm, 32 connections:`, '',
    line(['', 'get one/s', 'list of 100/s', 'stories/s', 'ready ms', 'idle MiB']), '|---|---:|---:|---:|---:|---:|', ...rows.map(line), '',
].join('\n');

const before = readFileSync(page, 'utf8');
if (!MARKS.test(before)) {
    console.error(`bench-report: ${page} has no marks for the figures`);
    process.exit(1);
}
writeFileSync(page, before.replace(MARKS, (_, open, close) => `${open}${text}${close}`));
