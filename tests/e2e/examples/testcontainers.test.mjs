// The mock in a container that the suite starts and stops by itself.
// Usage: npm install testcontainers && node --test testcontainers.test.mjs     with the image at DUVO_MOCK_IMAGE
//        (default duvo-mock: make static; docker build -f docker/Dockerfile -t duvo-mock build/release-files)

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { GenericContainer, Wait } from 'testcontainers';

const container = await new GenericContainer(process.env.DUVO_MOCK_IMAGE ?? 'duvo-mock')
    .withExposedPorts(8787)
    .withWaitStrategy(Wait.forHttp('/_mock/ready', 8787))
    .start();
after(() => container.stop());
const origin = `http://${container.getHost()}:${container.getMappedPort(8787)}`;

test('lists connections', async () => {
    const reply = await fetch(`${origin}/v1/connections`, { headers: { authorization: 'Bearer dv_test_owner' } });
    assert.equal(reply.status, 200);
    assert.ok((await reply.json()).connections.length > 0);
});

test('URLs lead to the published port', async () => {
    const reply = await fetch(`${origin}/v1/connections/oauth/native/gmail/start`,
        { method: 'POST', headers: { authorization: 'Bearer dv_test_owner' } });
    assert.equal(new URL((await reply.json()).authorization_url).origin, origin);
});
