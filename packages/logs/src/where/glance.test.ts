import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLogLine } from '../format/parse-log-line.ts';
import type { LogRecord } from '../read/record/log-record.ts';
import { compileWhere } from './compile-where.ts';
import { outAtAGlance } from './glance.ts';

const head = 'INFO [03-04|09:15:17.978] ';
/** Fits what is 7. */
const isOut = outAtAGlance('gas', (bytes, from, to) => bytes.toString('latin1', from, to) === '7');
/** For each place of the key in a text whether it is out. */
const out = (text: string): readonly boolean[] => {
  const bytes = Buffer.from(text);
  const found: boolean[] = [];
  for (let at = bytes.indexOf('gas'); at >= 0; at = bytes.indexOf('gas', at + 1)) {
    found.push(isOut(bytes, at));
  }
  return found;
};

describe('outAtAGlance', () => {
  it.each([
    `${head}a gas=8`,
    `${head}a gas=8 b=1`,
    `${head}a gas=8\n`,
    `${head}a gas= b=1`,
    `${head}a gas=7=7`,
    `${head}a gas=77\nb`,
    `${head}a mgas=7`,
    `${head}a m_2gas=7`,
    `${head}a gasps=7`,
    `${head}gas1`,
  ])('tells that there is no field which fits in %j', (text) => {
    expect(out(text)).toEqual([true]);
  });

  it.each([
    `${head}a gas=7`,
    `${head}a gas="8"`,
    `${head}a gas=8"`,
    `${head}a gas=8\tb`,
    `${head}a gas=8µ`,
    `${head}a \u001b[32mgas\u001b[0m=8`,
    `${head}a x\u001b[1;2mgas=8`,
    `${head}gas`,
    `${head}a gas:8`,
    '  a gas=8',
    't=2026-03-04T09:15:02+0000 lvl=info gas=8',
    '{"t":"2026-03-04T09:15:02Z","msg":"a gas=8"}',
    '[INFO] [03-04|09:15:17.978] a gas=8',
    'INFO [03-04|09:15:17] a gas=8',
    `${head}a\n b gas=8`,
  ])('tells nothing of %j', (text) => {
    expect(out(text)).toEqual([false]);
  });

  it('looks at each place by itself, and not at one where only a part of the key is', () => {
    expect(out(`${head}a gas=8 b=2 gas=7`)).toEqual([true, false]);
    expect(isOut(Buffer.from(`${head}a ga=7`), head.length + 2)).toBe(true);
    expect(isOut(Buffer.from('gas=8'), 0)).toBe(false);
  });

  it('leaves a place in every line that fits', () => {
    const value = fc.constantFrom('7', '8', '24,583', '"7"', '7x', '"a gas=8"', 'é', '7ms', '');
    const pair = fc
      .tuple(fc.constantFrom('gas', 'mgas', 'gasps', 'x'), value)
      .map(([key, is]) => ` ${key}=${is}`);
    const line = fc
      .tuple(
        fc.constantFrom(head, 'INFO [03-04|', '', 't=2026-03-04T09:15:02+0000 lvl=info '),
        fc.constantFrom('a', 'a gas=7', 'gas', ''),
        fc.array(pair, { maxLength: 4 }),
        fc.constantFrom('', '\n and gas=7', ' gas=8', ' \u001b[32mgas\u001b[0m=7'),
      )
      .map(([begin, message, pairs, end]) => begin + message + pairs.join('') + end);
    const where = fc.constantFrom('gas=7', 'gas>7', 'gas<8', 'gas!=7', 'gas>=7 or x=7', 'gas=7ms');
    fc.assert(
      fc.property(line, where, (text, condition) => {
        const test = compileWhere(condition);
        const bytes = Buffer.from(text);
        const [from, to, end] = [0, bytes.length, bytes.length];
        const record = () => parseLogLine(text, { near: new Date() }) as unknown as LogRecord;
        const candidate = { bytes, from, to, end, isReadable: true, isWhole: true, record };
        if (!test.passes(candidate) || test.required === null) return;
        const any = 'any' in test.required ? test.required.any : [test.required];
        const isLeft = any.some((each) => {
          if (!('text' in each)) return true;
          for (let at = bytes.indexOf(each.text); at >= 0; at = bytes.indexOf(each.text, at + 1)) {
            if (each.isOut?.(bytes, at) !== true) return true;
          }
          return false;
        });
        expect(isLeft).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
