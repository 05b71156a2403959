// Other programs, run to their end or in the background.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Output is compared as plain text: no colours, whatever the caller's terminal or CI asks for. */
function plainly(env) {
    const { FORCE_COLOR, CLICOLOR_FORCE, ...rest } = env;
    return { ...rest, NO_COLOR: '1' };
}

/** Starts a program; `.ended` resolves to its { code, out, err }, `.out` and `.err` are what has come so far. */
export function start(program, args, { env = process.env, ...options } = {}) {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: plainly(env), ...options });
    const command = { child, out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', text => { command.out += text; });
    child.stderr.setEncoding('utf8').on('data', text => { command.err += text; });
    child.stdin.on('error', () => {});
    command.ended = once(child, 'close').then(([code]) => ({ code, out: command.out, err: command.err }),
        error => ({ code: -1, out: '', err: error.message }));
    return command;
}

/** Runs a program to its end, for `ms` at most: { code, out, err }. */
export async function run(program, args, { ms = 60000, ...options } = {}) {
    const command = start(program, args, options);
    command.child.stdin.end();
    const killer = setTimeout(() => command.child.kill('SIGKILL'), ms);
    const result = await command.ended;
    clearTimeout(killer);
    return result;
}

/** The same for what must succeed: its output. */
export async function must(program, args, options) {
    const { code, out, err } = await run(program, args, options);
    if (code !== 0)
        throw new Error(`${program} ${args.join(' ')}: exit code ${code}\n${out.slice(-3000)}${err.slice(-3000)}`);
    return out;
}

/** Waits until `condition` answers something true, and answers that. */
export async function until(what, condition, ms = 15000) {
    for (const end = Date.now() + ms; Date.now() < end; await sleep(20)) {
        const answer = await condition();
        if (answer)
            return answer;
    }
    throw new Error(`${what}: not within ${ms / 1000} s`);
}
