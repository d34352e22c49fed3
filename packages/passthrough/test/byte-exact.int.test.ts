import fc from 'fast-check';
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { quoteCommand, splitArgv } from '../src/index.ts';

const printer = fileURLToPath(new URL('print-argv.mjs', import.meta.url));

/** Words that have broken other programs. */
const awkward = [
  '',
  ' ',
  '--',
  '-h',
  '--help',
  '--version',
  '--home',
  '--auto-restart=false',
  '-',
  '~/x',
  '$HOME',
  '`id`',
  '$(id)',
  "it's",
  '"',
  '\\',
  '\n',
  'a\tb\r\n',
  '*',
  '!!',
  '#x',
  'a;b&c|d',
  'A=b',
  'żółć 日本 🦀',
  'e\u0301',
  '\u202E',
  '--datadir=/with space/ü',
];

/** What a command line can hold at all: no NUL, and text that survives UTF-8. */
const word = fc
  .oneof(fc.constantFrom(...awkward), fc.string({ unit: 'binary' }), fc.string())
  .filter((text) => !text.includes('\0') && Buffer.from(text).toString() === text);
const argv = fc.array(word, { minLength: 1, maxLength: 60 });

const run = (file: string, args: readonly string[]) =>
  JSON.parse(execFileSync(file, args, { encoding: 'utf8' })) as string[];

/** What makes printf(1) print its arguments byte for byte; it starts much faster than Node. */
const separated = String.raw`%s\0`;
const words = (printed: Buffer) => printed.toString().split('\0').slice(0, -1);

describe('arguments through a real process', () => {
  it('arrive byte for byte, in order, duplicates included', () => {
    const args = [...awkward, ...awkward];
    const { node } = splitArgv(['start', '--', ...args]);
    expect(run(process.execPath, [printer, ...node])).toEqual(args);
  });

  it('arrive whatever they are', () => {
    fc.assert(
      fc.property(argv, (args) => {
        const { node } = splitArgv(['--', separated, ...args]);
        expect(words(execFileSync('/usr/bin/printf', node))).toEqual(args);
      }),
      { numRuns: 40 },
    );
  });

  it('arrive unchanged when split from our own', () => {
    const { node } = splitArgv(['start', '--home', 'x', '--', ...awkward]);
    expect(run(process.execPath, [printer, ...node])).toEqual(awkward);
  });
});

describe('a quoted command', () => {
  it('means the same words to a real shell', () => {
    fc.assert(
      fc.property(argv, (args) => {
        const line = quoteCommand(['printf', separated, ...args]);
        expect(words(execFileSync('/bin/sh', ['-c', line]))).toEqual(args);
      }),
      { numRuns: 40 },
    );
  });

  it.each(['A=b', 'if', 'x y', '~', 'time'])('runs a program called %j', (name) => {
    const { stderr } = spawnSync('/bin/sh', ['-c', quoteCommand([name])], {
      encoding: 'utf8',
      env: { PATH: '/nowhere' },
    });
    expect(stderr).toContain(name);
    expect(stderr).toContain('not found');
  });
});
