import { describe, expect, it } from 'vitest';
import type { Sign } from './cause.ts';
import { causes, table } from './causes.ts';
import { classifyExit } from './classify-exit.ts';
import { decisiveLine, readTail } from './decisive-line.ts';
import { matchSign } from './match-cause.ts';

const examples = causes.flatMap(({ name, examples: rows }) =>
  rows.map((row) => ({ name, ...row })),
);
const noise = [
  'INFO [03-04|09:15:02.118] Starting Geth on Ethereum mainnet...',
  'WARN [03-04|09:15:03.047] Unclean shutdown detected                booted=2026-03-03T21:40:11+0000 age=11h34m51s',
];

/** A record of an example in the other formats of geth. */
function inAllFormats(line: string): readonly string[] {
  const [, level = '', message = '', rest = ''] =
    /^([A-Z]+) ?\[[^\]]+\] (.*?) *((?: \w+=.*)?)$/.exec(line) ?? [];
  if (level === '') return [line];
  const fields = Object.fromEntries(
    [...rest.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|\S*)/g)].map(([, key = '', value = '']) => [
      key,
      value.startsWith('"') ? (JSON.parse(value) as string) : value,
    ]),
  );
  const lvl = level.toLowerCase();
  const old = lvl === 'error' ? 'eror' : lvl;
  return [
    line,
    `\u{1B}[31m${level}\u{1B}[0m${line.slice(level.length)} `,
    `t=2026-03-04T09:15:02+0000 lvl=${lvl} msg="${message}"${rest}`,
    `t=2026-03-04T09:15:02+0000 lvl=${old} msg="${message}"${rest}`,
    JSON.stringify({ t: '2026-03-04T09:20:30.069188161Z', lvl, msg: message, ...fields }),
    JSON.stringify({ ...fields, lvl: old, msg: message, t: '2026-03-04T09:20:30.069188161Z' }),
  ];
}

const lines = examples.flatMap((example) =>
  inAllFormats(example.line).map((line) => ({ ...example, line })),
);

describe('the table of causes', () => {
  it.each(lines)('knows $name by $source: $line', ({ name, line, code, signal }) => {
    const tail = line === '' ? noise : [line];
    expect(classifyExit({ code, signal, tail })?.cause).toBe(name);
  });

  it.each(lines)('needs the end that belongs to it: $name by $line', ({ name, line, code }) => {
    const isShell = name === 'wrong-program' || name === 'library-missing';
    const others = [null, 0, 1, 2, 3, 4, 126].filter((other) => other !== code);
    for (const other of isShell ? [null, 0, 2, 3] : others) {
      const found = classifyExit({ code: other, signal: null, tail: [line] });
      expect(found?.class === 'never' || found?.class === 'short' ? found : null).toBeNull();
    }
  });

  it('takes the last reason of two', () => {
    const reasons = examples.filter(
      ({ code, line }) => code === 1 && !/^[^:]+: [^:]+: version/.test(line),
    );
    for (const first of reasons) {
      for (const { name, line } of reasons) {
        const found = classifyExit({ code: 1, signal: null, tail: [first.line, line] });
        expect(found?.cause === name ? null : [first.line, line, found]).toBeNull();
      }
    }
  });

  it('has names that can be kept, each once, and examples of each', () => {
    const names = causes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
    expect(causes.filter((cause) => cause.examples.length === 0)).toEqual([]);
  });

  it('says everything in full lines that fit', () => {
    for (const { meaning, remedy } of causes) {
      expect(meaning).toMatch(/^[A-Z].{20,200}\.$/);
      expect(remedy).toMatch(/^["A-Z].{20,398}[^ ]$/);
    }
    for (const { line, code, signal } of lines) {
      const found = classifyExit({ code, signal, tail: [line] });
      expect(found?.summary.length).toBeLessThanOrEqual(300);
      expect(found?.summary).not.toMatch(/undefined|\.$/);
      expect(found?.remedy).not.toMatch(/undefined|…$/);
    }
  });

  it('has an example of each wording', () => {
    const saysSo = (sign: Sign, line: string) => {
      const whole = { where: sign.where, text: line, shown: line };
      return matchSign(sign, decisiveLine(readTail([line])) ?? whole) !== null;
    };
    const without = table.flatMap(({ signs, examples: rows }) =>
      signs.filter((sign) => !rows.some(({ line }) => saysSo(sign, line))),
    );
    expect(without.map(({ pattern }) => pattern.source)).toEqual([]);
  });

  it('looks at the start of a line alone, where nobody else writes', () => {
    const patterns = table.flatMap(({ signs }) => signs.map(({ pattern }) => pattern.source));
    expect(
      patterns.filter((source) => !source.startsWith('^') || /^\^[^(]*\|/.test(source)),
    ).toEqual([]);
  });

  it('is plain data', () => {
    expect(JSON.parse(JSON.stringify(causes))).toEqual(causes);
  });
});
