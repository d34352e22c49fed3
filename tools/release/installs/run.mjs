import { execFile } from 'node:child_process';
import { dirname } from 'node:path';

/** With the Node that runs this first on the path: it is that of npm and of the installed program. */
const path = `${dirname(process.execPath)}:${process.env.PATH ?? ''}`;

/**
 * Runs a program to its end and returns what it printed.
 *
 * @param {string} program
 * @param {readonly string[]} words
 * @param {{ readonly cwd?: string, readonly env?: NodeJS.ProcessEnv, readonly exits?: number }} [options]
 *   the environment instead of that of this process, the exit code that is expected
 * @returns {Promise<string>}
 */
export function run(program, words, { cwd, env = process.env, exits = 0 } = {}) {
  const options = { cwd, env: { ...env, PATH: path }, timeout: 180_000 };
  return new Promise((resolve, reject) => {
    execFile(program, words, options, (error, stdout, stderr) => {
      const code = error?.code ?? 0;
      if (code === exits) resolve(stdout);
      else reject(new Error(`${program} ${words.join(' ')}: ${code}\n${stdout}${stderr}`));
    });
  });
}

export const quietInstall = ['--no-audit', '--no-fund', '--no-update-notifier', '--ignore-scripts'];
