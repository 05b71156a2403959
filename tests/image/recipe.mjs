// How the image is built, whatever builds it.

import { readFileSync, writeFileSync } from 'node:fs';

export const IGNORED = 'docker/Dockerfile.dockerignore';
export const VERSION = /^VERSION := (.*)$/m.exec(readFileSync('Makefile', 'utf8'))[1];

/** The Dockerfile as an engine reads it that does not know the option yet. Docker 25 and buildah 1.36 do. */
export function withoutStartInterval() {
    console.log('(this engine is too old for HEALTHCHECK --start-interval: built without it)');
    const path = 'build/Dockerfile';
    writeFileSync(path, readFileSync('docker/Dockerfile', 'utf8').replace(/ --start-interval=\S+/, ''));
    return path;
}
