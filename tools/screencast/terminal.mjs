// A shell on a terminal, typed into as by hand; what it prints is kept with its time, the name of the home as ~.
import { spawn, spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { withTilde } from './cast.mjs';

const prompt = '$ ';
const keyMs = 20;

/** Whether `script` of util-linux, which opens the terminal, is here. */
export function canRecord() {
  return spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux');
}

/** @param {{ width: number, height: number, home: string, env: Record<string, string> }} where */
export async function openTerminal({ width, height, home, env }) {
  const shell = `stty cols ${width} rows ${height}; exec sh -i`;
  const child = spawn('script', ['--quiet', '--return', '--command', shell, '/dev/null'], {
    cwd: home,
    env: { ...env, TERM: 'xterm-256color', PS1: prompt, SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const begin = performance.now();
  /** @type {{ at: number, data: string }[]} */
  const outputs = [];
  child.stdout.setEncoding('utf8').on('data', (data) => {
    outputs.push({ at: (performance.now() - begin) / 1000, data: withTilde(data, home) });
  });

  /** @param {number} [from] the output to begin with */
  const said = (from = 0) =>
    outputs
      .slice(from)
      .map(({ data }) => data)
      .join('');

  async function appears(/** @type {RegExp} */ what, /** @type {number} */ from) {
    for (
      const deadline = performance.now() + 60_000;
      performance.now() < deadline;
      await sleep(10)
    ) {
      if (what.test(said(from))) return;
    }
    throw new Error(`no ${what} within 60 s after ${JSON.stringify(said(from))}`);
  }
  const prompted = (/** @type {number} */ from) => appears(/(?:^|\n)\$ $/, from);

  await prompted(0);
  return {
    outputs,
    /** Types a command, waits for its end and returns what was printed. @param {string} command @param {RegExp} expected */
    async type(command, expected) {
      const from = outputs.length;
      for (const key of `${command}\n`) {
        child.stdin.write(key);
        await sleep(keyMs);
      }
      await prompted(from);
      const text = stripVTControlCharacters(said(from));
      if (!expected.test(text)) throw new Error(`not what was expected:\n${text}`);
      return text;
    },
    /** Types a command that takes the whole terminal, and waits until it has shown this. @param {string} command @param {RegExp} what */
    async open(command, what) {
      child.stdin.write(`${command}\n`);
      await appears(what, 0);
    },
    close() {
      child.stdin.end();
    },
  };
}
