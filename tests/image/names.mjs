// A name server as container engines have one: it knows the containers' names and nothing else.

import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const A = 1, NO_SUCH_NAME = 3;

/** The name in the question, and where the question ends. */
function question(message) {
    const labels = [];
    let at = 12;
    for (; message[at]; at += message[at] + 1)
        labels.push(message.toString('latin1', at + 1, at + 1 + message[at]));
    return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function answer(message, addresses) {
    const { name, type, end } = question(message);
    const address = addresses.get(name);
    const found = address && type === A;
    const reply = Buffer.alloc(end + (found ? 16 : 0));
    message.copy(reply, 0, 0, end);
    reply.writeUInt16BE(0x8580 | (address ? 0 : NO_SUCH_NAME), 2);
    reply.writeUInt16BE(found ? 1 : 0, 6);
    reply.fill(0, 8, 12);
    if (found)
        Buffer.from([0xc0, 12, 0, A, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]).copy(reply, end);
    return reply;
}

/** Answers at `host` port 53 for the names in `addresses`, a Map. */
export async function startNames(host, addresses) {
    const socket = createSocket('udp4');
    socket.on('message', (message, from) => socket.send(answer(message, addresses), from.port, from.address));
    socket.bind(53, host);
    await once(socket, 'listening');
    return () => socket.close();
}
