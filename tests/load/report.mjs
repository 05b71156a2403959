// The tables that the benchmark prints.

const whole = n => Math.round(n).toLocaleString('en-US');
const factor = r => r === undefined ? '' : r.toFixed(r < 10 ? 2 : 1);
const ms = us => (us / 1000).toFixed(2);
const mib = kib => (kib / 1024).toFixed(1);
const spread = m => `±${Math.round((m.rps_max - m.rps_min) / 2 / m.rps * 100)}%`;

/** Rows of cells; the first row is the head. Columns named in `left` stand left, the others right. */
function table(rows, left = [0]) {
    const width = rows[0].map((_, i) => Math.max(...rows.map(row => row[i].length)));
    const pad = (cell, i) => left.includes(i) ? cell.padEnd(width[i]) : cell.padStart(width[i]);
    for (const row of rows)
        console.log(`  ${row.map(pad).join('  ')}`.trimEnd());
    console.log('');
}

const load = (name, m, bytes, ...ratios) =>
    [name, whole(bytes), whole(m.rps), spread(m), ms(m.p50_us), ms(m.p99_us), String(m.errors), ...ratios];

function casesTable(cases) {
    const head = ['case', 'bytes', 'req/s', 'spread', 'p50 ms', 'p99 ms', 'errors', 'to bare', 'from-to'];
    const rows = [head];
    for (const c of cases) {
        const r = c.to_bare;
        rows.push(load(c.name, c.ours, c.body_bytes, factor(r.ratio), `${factor(r.min)}-${factor(r.max)}`));
        if (c.first)
            rows.push(load(c.first_name, c.first, c.first_bytes, '', ''));
        rows.push(load('  bare', c.bare, c.body_bytes, '', ''));
    }
    table(rows);
}

const peerCells = m => [whole(m.rps), ms(m.p50_us), ms(m.p99_us)];

function peersTable(peers) {
    const head = ['peer', 'get one/s', 'p50 ms', 'p99 ms', 'list 100/s', 'p50 ms', 'p99 ms', 'ready ms', 'idle MiB', 'stories/s'];
    const rows = [head];
    for (const p of peers) {
        if (!p.left_out)
            rows.push([p.name, ...peerCells(p.get), ...peerCells(p.list), whole(p.ready_ms), mib(p.rss_kib), p.story ? whole(p.story) : '']);
    }
    table(rows);
    for (const p of peers) {
        const remarks = { 'left out': p.left_out, 'get one': p.get?.differs, list: p.list?.differs };
        for (const [what, value] of Object.entries(remarks))
            if (value)
                console.log(`  ${p.name}, ${what}: ${value}`);
    }
    console.log('  The peers run warm, with their request logs off; ours keeps its default flags.\n');
}

const spreadRow = (name, s) => [name, s.min_ms.toFixed(1), s.median_ms.toFixed(1), s.max_ms.toFixed(1)];

const VERDICTS = new Map([[true, 'met'], [false, 'missed'], [null, '']]);

function targetCells({ figure, sign, target, unit, measured, met }) {
    const wanted = met === null ? '' : `${sign} ${target}${unit}`;
    return [figure, wanted, `${factor(measured)}${unit}`, VERDICTS.get(met)];
}

export function print(result) {
    console.log('');
    if (result.cases.length)
        casesTable(result.cases);
    if (result.peers.length)
        peersTable(result.peers);
    if (result.start)
        table([[`ms, ${result.start.runs} starts`, 'min', 'median', 'max'],
            spreadRow('fork to ready', result.start.ready), spreadRow('SIGTERM to end', result.start.stop)]);
    if (result.memory)
        table([['resident MiB', 'now', 'most ever'],
            ['idle, default flags', mib(result.memory.idle.rss_kib), mib(result.memory.idle.max_kib)],
            [`after ${whole(result.memory.requests)} get one`, mib(result.memory.after.rss_kib),
                mib(result.memory.after.max_kib)]]);
    if (result.story)
        console.log(`  stories of ${result.story.clients} clients with ${result.story.spaces} spaces each: ${whole(result.story.per_second)}/s\n`);
    if (result.runs) {
        const { starts: { start, create }, pages: { runs, connections } } = result.runs;
        table([['runs, in turn with connections', 'req/s', 'spread', 'p50 ms', 'p99 ms'],
            ...[['start of a run', start], ['create', create], ['page of 100 runs', runs], ['page of 100 connections', connections]]
                .map(([name, m]) => [name, whole(m.rps), spread(m), ms(m.p50_us), ms(m.p99_us)])]);
    }
    if (result.growth)
        table([['µs, one client, by connections', 'of 1,000', 'of a million', 'times'],
            ...result.growth.map(g => [g.name, whole(g.small_us), whole(g.large_us), factor(g.ratio)])]);
    if (result.targets.length)
        table([['figure', 'target', 'measured', ''], ...result.targets.map(targetCells)]);
    for (const note of result.notes)
        console.log(`note: ${note}`);
    for (const failure of result.failures)
        console.log(`FAILED: ${failure}`);
}

const TO_BARE = [
    ['get one', 0.90], ['get, each another', 0.80], ['list 100 of 1,000', 0.90], ['deep pages, each another', 0.45],
    ['create in memory', 0.50], ['create', 0.35], ['patch, each another', 0.50], ['delete, each another', 0.50], ['get one over TLS', 0.80],
];

const fastestOf = (peers, of) => peers.filter(of).reduce((a, b) => a && of(a) > of(b) ? a : b, undefined);

/** What is wanted beside the fastest, the quickest and the leanest of the peers. */
function peerTargets({ cases, peers, start, memory, story }) {
    const fastest = fastestOf(peers, p => p.get?.rps), quickest = fastestOf(peers, p => 1 / p.ready_ms);
    const leanest = fastestOf(peers, p => 1 / p.rss_kib), told = fastestOf(peers, p => p.story);
    return [
        [`get one, to the fastest peer (${fastest?.name})`, '>=', 10, '',
            cases.find(c => c.name === 'get one')?.ours.rps / fastest?.get.rps],
        [`start, times as fast as the quickest peer (${quickest?.name})`, '>=', 20, '', quickest?.ready_ms / start?.ready.median_ms],
        [`memory, of the leanest peer's (${leanest?.name})`, '<=', 0.1, '', memory?.idle.rss_kib / leanest?.rss_kib],
        [`story of 30 clients, to the fastest peer (${told?.name})`, '>=', 5, '', story?.per_second / told?.story],
    ];
}

/** The figures that the project wants, and beside them what they would not show; only what was measured. */
export function targets(result) {
    const { cases, start, memory, spaces, reset, growth, journal, probes, runs } = result;
    const find = name => cases.find(c => c.name === name);
    const rows = [
        ...TO_BARE.map(([name, wanted]) => [`${name}, to bare`, '>=', wanted, '', find(name)?.to_bare.ratio]),
        ['nine gets to a patch: p99, to bare', '<=', 3, '', find('nine gets to a patch')?.p99_to_bare.ratio],
        ['deep page, to first page', '>=', 0.5, '', find('deep page of 100,000')?.to_first.ratio],
        ['deep to first, each another', '', null, '', find('deep pages, each another')?.to_first.ratio],
        ...peerTargets(result),
        ['fork to ready, best', '<=', 5, ' ms', start?.ready.min_ms],
        ['resident when idle', '<=', 9, ' MiB', memory?.idle.rss_kib / 1024],
        ['resident after a million', '<=', 40, ' MiB', memory?.after.rss_kib / 1024],
        ['a space by its first request, median', '<=', 0.5, ' ms', spaces?.[0].made.median_ms],
        ['  a get by the same client', '', null, ' ms', spaces?.[0].made.get.median_ms],
        ['resident with 1,000 spaces', '<=', 30, ' MiB', spaces?.[0].memory.rss_kib / 1024],
        ['resident with 10,000 spaces', '<=', 200, ' MiB', spaces?.[1].memory.rss_kib / 1024],
        ['reset of 1,000 connections, two changed', '<=', 2, ' ms', reset?.in_memory.median_ms],
        ['  a get by the same client', '', null, ' ms', reset?.in_memory.get.median_ms],
        ['the same with --db', '<=', 2, ' ms', reset?.in_file.median_ms],
        ['reset of 1,000 connections, all changed', '<=', 8, ' ms', reset?.all.median_ms],
        ...(growth ?? []).map(({ name, ratio }) => [`${name}, of a million to of 1,000`, '<=', 1.3, '', ratio]),
        ['get one, journal on to off', '>=', 0.9, '', journal?.ratio],
        ['get one, beside 20 hanging probes', '>=', 0.8, '', probes?.ratio],
        ['a start of a run, times as long as a create', '<=', 1.5, '', runs?.starts.times],
        ['a page of 1,000 runs, times as long as of connections', '<=', 1.1, '', runs?.pages.times],
    ];
    return rows.filter(([, , , , measured]) => Number.isFinite(measured))
        .map(([figure, sign, target, unit, measured]) => {
            const met = target === null ? null : sign === '>=' ? measured >= target : measured <= target;
            return { figure, sign, target, unit, measured, met };
        });
}
