// Where the program is: in the package of this platform, which npm installs beside this one.

'use strict';

const PLATFORMS = { 'linux-x64': 'duvo-mock-linux-x64', 'linux-arm64': 'duvo-mock-linux-arm64' };
const OTHERWISE = 'run the image, `docker run --rm --read-only -p 127.0.0.1:8787:8787 duvo-mock`, ' +
    'and use attachMock(\'http://127.0.0.1:8787\')';

/** The path of the program, DUVO_MOCK_BINARY if that is set. On a machine without one, one sentence. */
function findBinary({ platform = process.platform, arch = process.arch, env = process.env } = {}) {
    if (env.DUVO_MOCK_BINARY)
        return env.DUVO_MOCK_BINARY;
    const name = PLATFORMS[`${platform}-${arch}`];
    if (!name)
        throw new Error(`duvo-mock has no binary for ${platform}-${arch}: ${OTHERWISE}`);
    try {
        return require.resolve(`${name}/bin/duvo-mock`);
    } catch {
        throw new Error(`duvo-mock's binary is in the package ${name}, which is not installed ` +
            `(npm install without --omit=optional): install it, or ${OTHERWISE}`);
    }
}

module.exports = { findBinary };
