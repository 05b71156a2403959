// A story that suites play: each of thirty clients holds eight spaces, and creates, lists, changes, deletes and resets
// in one after the other.

import { Agent, request } from 'node:http';
import { newConnection } from './cases.mjs';
import { KEY, check, startServer, withServer } from './servers.mjs';

const CLIENTS = 30, SPACES = 8;
const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });

/** One request; resolves to its JSON, null without one. */
export function call(url, method = 'GET', body = undefined, key = KEY) {
    const text = body && JSON.stringify(body);
    const headers = { authorization: `Bearer ${key}`,
        ...text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } };
    return new Promise((resolve, reject) => {
        request(url, { method, agent, headers }, reply => {
            const chunks = [];
            reply.on('data', chunk => chunks.push(chunk));
            reply.on('end', () => {
                const got = Buffer.concat(chunks).toString();
                if (reply.statusCode >= 200 && reply.statusCode < 300)
                    resolve(got ? JSON.parse(got) : null);
                else
                    reject(new Error(`${method} ${url}: ${reply.statusCode} ${got.slice(0, 200)}`));
            });
        }).on('error', reject).end(text);
    });
}

/**
 * Stories per second. A story is what `tell` does with the URL of a space, of which `space` makes one: the work of all
 * clients, each with its spaces in turn, until the seconds are over.
 */
export async function stories(seconds, space, tell) {
    const clients = await Promise.all(Array.from({ length: CLIENTS }, (_, client) =>
        Promise.all(Array.from({ length: SPACES }, (_, i) => space(`c${client}-${i}`)))));
    const turn = async until => {
        let told = 0;
        await Promise.all(clients.map(async spaces => {
            for (let i = 0; performance.now() < until; i++, told++)
                await tell(spaces[i % SPACES]);
        }));
        return told;
    };
    await turn(performance.now() + seconds * 500);      // warm
    const began = performance.now();
    const told = await turn(began + seconds * 1000);
    return told * 1000 / (performance.now() - began);
}

async function ours(base) {
    const list = `${base}/v1/connections`;
    const { id } = await call(list, 'POST', newConnection('story'));
    const { connections } = await call(`${list}?limit=100`);
    check(connections.some(one => one.id === id), `${list} without ${id}`);
    await call(`${list}/${id}`, 'PATCH', { name: 'changed' });
    await call(`${list}/${id}`, 'DELETE');
    await call(`${base}/_mock/reset`, 'POST');
}

/** Of a server with its built-in data. */
export function story(env) {
    return withServer(startServer(env, []), async server => {
        const space = async name => {
            await call(`${server.url}/_mock/spaces`, 'POST', { name });
            return `${server.url}/_mock/s/${name}`;
        };
        return { clients: CLIENTS, spaces: SPACES, per_second: await stories(env.rounds.seconds * 2, space, ours) };
    });
}
