// Connections as bytes.

import { once } from 'node:events';
import { connect } from 'node:net';

/** A connection to the server: what it got so far is in `got`; `ended` is done when the server has ended it. */
export async function open(origin) {
    const { port, hostname } = new URL(origin);
    const socket = connect(port, hostname).on('error', () => {});
    socket.got = '';
    socket.ended = new Promise(done => socket.on('close', done));
    await once(socket, 'connect');
    return socket;
}

/** Gathers what comes. */
export function listen(socket) {
    socket.setEncoding('latin1').on('data', text => { socket.got += text; });
    return socket;
}

/** How many replies there are that are not interim. */
export function finalStatuses(text) {
    return [...text.matchAll(/^HTTP\/1\.[01] ([2-5]\d\d)\b/gm)].map(match => Number(match[1]));
}
