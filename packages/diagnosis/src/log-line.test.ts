import { describe, expect, it } from 'vitest';
import { readLogLine } from './log-line.ts';

const read = (line: string) => {
  const { kind, level, text } = readLogLine(line);
  return [kind, level, text];
};

describe('readLogLine', () => {
  it.each([
    ['CRIT [03-04|09:15:02.118] Bad thing    err=x', 'crit', 'Bad thing    err=x'],
    ['ERROR[03-04|09:15:02.118] Bad thing', 'error', 'Bad thing'],
    ['INFO [03-04|09:15:02.118|node/node.go:12] Good thing ', 'info', 'Good thing'],
    ['\u001B[32mINFO \u001B[0m[03-04|09:15:02.118] Good thing', 'info', 'Good thing'],
    [
      't=2026-03-04T09:15:02+0000 lvl=eror msg="Bad \\"thing\\"" err=x',
      'error',
      'Bad "thing" err=x',
    ],
    ['t=2026-03-04T09:15:02+0000 lvl=warn msg=Odd err="a b"', 'warn', 'Odd err="a b"'],
    [
      '{"t":"2026","lvl":"crit","msg":"Bad thing","n":7,"err":"a b","id":"x"}',
      'crit',
      'Bad thing n=7 err="a b" id=x',
    ],
    ['{"err":"x","lvl":"dbug","msg":"Odd","t":"2026"}', 'debug', 'Odd err=x'],
  ])('reads the record %s', (line, level, text) => {
    expect(read(line)).toEqual(['log', level, text]);
  });

  it.each([
    'INFO: Good thing',
    ' CRIT [03-04|09:15:02.118] Bad thing',
    'CRITICAL[03-04|09:15:02.118] Bad thing',
    'CRIT [node] Bad thing',
    'x t=2026-03-04T09:15:02+0000 lvl=crit msg=x',
    '{"t":"2026","lvl":"crit","msg":7}',
    '{"t":"2026","lvl":5,"msg":"x"}',
    '{"t":1,"lvl":"crit","msg":"x"}',
    '{"lvl":"crit","msg":"x"',
    '{"t":"2026","lvl":"info","msg":"x","lvl":"crit"}',
    '{"t":"2026","lvl":"crit","msg":"x","msg":"y"}',
    '["lvl":"msg":]',
    'fatal: something',
    ' Fatal: something',
  ])('takes for plain text: %s', (line) => {
    expect(read(line)).toEqual(['plain', '', line]);
  });

  it('reads what follows "Fatal: "', () => {
    expect(read('Fatal: no way\r')).toEqual(['fatal', '', 'no way']);
    expect(readLogLine('Fatal: no way').shown).toBe('Fatal: no way');
  });

  it('tells where a line goes on behind what was read', () => {
    const fits = 'x'.repeat(4096);
    expect(readLogLine(fits)).toMatchObject({ isWhole: true, shown: fits });
    expect(readLogLine(`${fits}y`)).toMatchObject({ isWhole: false, shown: fits });
  });
});
