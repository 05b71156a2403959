// How the image is built, whatever builds it.

import { readFileSync } from 'node:fs';

export const VERSION = /^VERSION := (.*)$/m.exec(readFileSync('Makefile', 'utf8'))[1];

/** What docker/README.md gives to `docker build`, with another tag. */
export function buildArguments(tag) {
    const line = /^docker build (.*)$/m.exec(readFileSync('docker/README.md', 'utf8'));
    if (!line)
        throw new Error('docker/README.md has no line that builds the image');
    const words = line[1].split(' ');
    const at = words.indexOf('-t');
    if (at < 0)
        throw new Error(`docker/README.md builds the image without a name: ${line[0]}`);
    return words.with(at + 1, tag);
}
