// A receiver of webhooks: keeps what came, and answers as it is told.

import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMock } from '../../e2e/lib/mock.mjs';

const WAIT_MS = 20000;

export class Receiver {
    /** answer(message, response, n): how the n-th message (from 0) is answered; 200 at once without it. */
    constructor(answer = (message, response) => response.end('ok')) {
        this.messages = [];
        this.server = createServer((incoming, response) => {
            const chunks = [];
            incoming.on('data', chunk => chunks.push(chunk)).on('end', () => {
                const text = Buffer.concat(chunks).toString();
                const message = { at: performance.now(), path: incoming.url, headers: incoming.headers, text, body: JSON.parse(text) };
                this.messages.push(message);
                answer(message, response, this.messages.length - 1);
            });
            response.on('error', () => {});
        });
    }

    async open(port = 0) {
        this.server.listen(port, '127.0.0.1');
        await once(this.server, 'listening');
        this.port = this.server.address().port;
        this.url = `http://127.0.0.1:${this.port}/hook`;
        return this;
    }

    async close() {
        this.server.closeAllConnections();
        this.server.close();
        await once(this.server, 'close');
    }

    /** Waits until there are so many messages. */
    async has(n) {
        for (const end = Date.now() + WAIT_MS; this.messages.length < n; await sleep(2))
            if (Date.now() > end)
                throw new Error(`${this.messages.length} messages came, not ${n}`);
        return this.messages;
    }
}

/** What Standard Webhooks would have in the signature's header. */
export function signatureOf(secret, { headers, text }) {
    const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

/** work(mock, receiver) with a mock of its own, and with a receiver that answers as `answer` says; both end with it. */
export async function withMock(program, flags, work, answer) {
    const receiver = await new Receiver(answer).open();
    const mock = await startMock(program, { flags });
    try {
        await work(mock, receiver);
        await mock.stop();
    } finally {
        await mock.kill();
        await receiver.close();
    }
}
