// Every page of a console on which there is something, to be looked at by tests of what holds for all.

const LONG = 'Donaudampfschifffahrtsgesellschaft'.repeat(5);

/** Fills the space, and answers the queries of the pages. */
export async function fillConsole(mock) {
    const { id } = await mock.must(201, 'POST', '/v1/connections', { name: LONG, provider: 'user', auth_method: 'headers',
        server_url: `https://a.example/${LONG}`, headers: { secret: { 'X-Key': 'x' } } });
    await mock.must(200, 'POST', `/_mock/connections/${id}/transition`, { to: 'broken', reason: LONG });
    await mock.call('GET', `/v1/${LONG}?api_key=1`);
    await mock.must(201, 'POST', '/_mock/faults', { match: { path: `*${LONG}` }, action: { status: 503 }, times: 2 });
    await mock.must(200, 'PUT', '/_mock/snapshots/before-import');
    await mock.must(201, 'POST', '/_mock/spaces', { name: 'a'.repeat(64) });
    await mock.startNative('gmail', { return_url: `http://localhost/${LONG}` });
    await mock.must(201, 'POST', '/_mock/oauth/next', { outcome: 'deny', match: { path: `*${LONG}` } });
    await mock.must(200, 'POST', '/_mock/inbox/console', { long: LONG });
    const { requests } = await mock.must(200, 'GET', '/_mock/requests?limit=1');
    return ['?tab=requests', `?tab=requests&id=${requests[0].id}`, '?tab=requests&q=stauts:404', '?tab=requests&q=nothing-of-the-sort', '?tab=sign-ins',
        '?tab=connections', `?tab=connections&id=${id}`, '?tab=connections&id=none', '?tab=agents', '?tab=agents&list=triggers', '?tab=agents&list=agents&id=6f1d2c3b-5555-4aaa-8bbb-000000000001',
        '?tab=agents&list=secrets', '?tab=webhooks&list=inboxes&id=console',
        '?tab=spaces', '?tab=faults', '?tab=clock', '?tab=fixtures', '?tab=mcp', '?tab=webhooks',
        '?tab=reference&q=createConnection&id=POST+%2Fv1%2Fconnections'];
}
