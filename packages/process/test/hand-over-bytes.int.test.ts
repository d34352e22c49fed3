import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOfBytes } from '../src/byte-text.ts';
import { spawnNode } from '../src/spawn-node.ts';
import { shells } from './support/shells.ts';

/** Prints what the kernel gave it, byte for byte. */
const printing = ['-c', '/bin/cat /proc/$$/cmdline /proc/$$/environ', 'node'];

/** A node's arguments and variables as the kernel has them, in latin1. */
async function received(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  options: { readonly shell: string; readonly envProgram?: string },
) {
  await using directory = await temporaryDirectory();
  const file = join(directory.path, 'node.log');
  const log = openSync(file, 'a');
  try {
    const command = { file: '/bin/sh', args: [...printing, ...args], env, cwd: '/' };
    const where = { runDirectory: directory.path, generation: 1, log };
    const node = await spawnNode(command, { ...where, ...options });
    node.release();
    await node.recorderEnded;
  } finally {
    closeSync(log);
  }
  const words = readFileSync(file, 'latin1').split('\0').slice(0, -1);
  const first = 1 + printing.length;
  return {
    args: words.slice(first, first + args.length),
    env: words.slice(first + args.length).toSorted(),
  };
}

const byte = fc.integer({ min: 1, max: 255 });
/** Bytes that shells use among themselves (dash 0x81 to 0x88, bash 0x01 and 0x7f), and such that begin a character. */
const special = fc.constantFrom(
  0x81,
  0x82,
  0x83,
  0x88,
  0x01,
  0x7f,
  0xc3,
  0xe2,
  0x27,
  0x5c,
  0x0a,
  0x24,
);
const bytes = fc.array(fc.oneof(byte, special), { maxLength: 12 });
const name = fc
  .array(
    fc.oneof(byte, special).filter((one) => one !== 0x3d),
    { minLength: 1, maxLength: 6 },
  )
  .filter((one) => one[0] !== 0x5f);
const names = fc.oneof(
  fc
    .constantFrom('A', 'HOME', 'PWD', 'a.b', 'IFS', 'PS1', 'shell', 'word', 'BASH_FUNC_f%%', '-u')
    .map((text) => [...Buffer.from(text)]),
  name,
);
const latin1 = (given: readonly number[]) => Buffer.from(given).toString('latin1');
const text = (given: readonly number[]) => textOfBytes(Buffer.from(given));

describe.runIf(process.platform === 'linux').each(shells)('a node spawned with %s', (shell) => {
  it(
    'gets any bytes as they are, in arguments, names and values',
    { timeout: 60_000 },
    async () => {
      const property = fc.asyncProperty(
        fc.array(bytes, { maxLength: 4 }),
        fc.uniqueArray(fc.tuple(names, bytes), { maxLength: 4, selector: ([key]) => latin1(key) }),
        async (args, env) => {
          const given = Object.fromEntries(env.map(([key, value]) => [text(key), text(value)]));
          const got = await received(args.map(text), given, { shell });
          expect(got.args).toEqual(args.map(latin1));
          expect(got.env).toEqual(
            env.map(([key, value]) => `${latin1(key)}=${latin1(value)}`).toSorted(),
          );
        },
      );
      await fc.assert(property, { numRuns: 20 });
    },
  );

  it('gets variables that the scripts beside it use or shells set', async () => {
    const used = ['shell', 'child', 'status', 'word', 'wemixvisor_1', 'wemixvisor_word'];
    const set = ['BASH', 'BASHPID', 'EPOCHSECONDS', 'SRANDOM', 'HISTCMD', 'COMP_WORDBREAKS'];
    const env = Object.fromEntries([...used, ...set, 'TMOUT'].map((key) => [key, 'mine']));
    const got = await received([], env, { shell });
    expect(got.env).toEqual(
      Object.keys(env)
        .map((key) => `${key}=mine`)
        .toSorted(),
    );
  });

  it('gets them also where env(1) cannot split', async () => {
    await using directory = await temporaryDirectory();
    const envProgram = join(directory.path, 'env');
    const script = `#!/bin/sh\ncase $1 in -S*) exit 1 ;; esac\nexec /usr/bin/env "$@"\n`;
    writeFileSync(envProgram, script);
    chmodSync(envProgram, 0o755);
    const env = { 'a.b': 'c\udcff\ud83e\udd80', PWD: '\udc80\n', A: '1' };
    const got = await received(['\udcfe\n'], env, { shell, envProgram });
    expect(got.args).toEqual(['\xfe\n']);
    expect(got.env).toEqual(['A=1', 'PWD=\x80\n', 'a.b=c\xff\xf0\x9f\xa6\x80']);
  });

  it('has its variables in no command line of the machine, from the spawn to its end', async () => {
    await using directory = await temporaryDirectory();
    const log = openSync(join(directory.path, 'node.log'), 'a');
    // Other tests have secrets of theirs in command lines of the same machine.
    const word = randomUUID();
    let seen = 0;
    let shown = 0;
    const look = () => {
      for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
        const line = commandLine(pid);
        if (line.includes(directory.path)) seen += 1;
        if (line.includes(word)) shown += 1;
      }
    };
    const secret = ['a.b', 'PWD', 'ENV', 'PS1', 'TOKEN', '-u', 'x\udcff', 'B\udcff'];
    const env = Object.fromEntries(secret.map((key) => [key, `${word}${key}`]));
    const args = ['-c', 'exit 0', directory.path];
    for (let generation = 1; generation <= 10; generation += 1) {
      const where = { runDirectory: directory.path, generation, log, shell };
      const node = await spawnNode({ file: '/bin/sh', args, env, cwd: '/' }, where);
      look();
      node.release();
      const ended = node.recorderEnded.then(() => true);
      const moment = () => new Promise<boolean>((resolve) => setImmediate(resolve, false));
      do look();
      while (!(await Promise.race([ended, moment()])));
    }
    closeSync(log);
    expect(seen).toBeGreaterThan(10);
    expect(shown).toBe(0);
  });
});

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
