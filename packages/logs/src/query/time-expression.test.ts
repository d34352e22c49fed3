import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogsError } from '../errors.ts';
import { parseTimeExpression } from './time-expression.ts';

const now = new Date(2026, 2, 4, 9, 15, 2, 118);
const local = (...parts: [number, number, number, number?, number?, number?, number?]): Date =>
  new Date(parts[0], parts[1] - 1, parts[2], ...(parts.slice(3) as number[]));
const ago = (ms: number): Date => new Date(now.getTime() - ms);

describe('parseTimeExpression', () => {
  it.each<[string, Date]>([
    ['now', now],
    ['today', local(2026, 3, 4)],
    ['Yesterday', local(2026, 3, 3)],
    ['tomorrow', local(2026, 3, 5)],
    ['2026-03-01', local(2026, 3, 1)],
    ['2026-3-1', local(2026, 3, 1)],
    ['2026-03-01 08:30', local(2026, 3, 1, 8, 30)],
    ['2026-03-01 08:30:15', local(2026, 3, 1, 8, 30, 15)],
    ['2026-03-01T08:30:15.25', local(2026, 3, 1, 8, 30, 15, 250)],
    ['2026-03-04T09:15:02Z', new Date('2026-03-04T09:15:02Z')],
    ['2026-03-04T09:15:02.118204311Z', new Date('2026-03-04T09:15:02.118Z')],
    ['2026-03-04T09:15:02+05:30', new Date('2026-03-04T03:45:02Z')],
    ['2026-03-04 09:15 -0800', new Date('2026-03-04T17:15:00Z')],
    ['2026-03-04 09:15 UTC', new Date('2026-03-04T09:15:00Z')],
    ['08:30', local(2026, 3, 4, 8, 30)],
    ['8:30:15', local(2026, 3, 4, 8, 30, 15)],
    ['10m', ago(600_000)],
    ['-10m', ago(600_000)],
    ['500ms', ago(500)],
    ['1h30m', ago(5_400_000)],
    ['1.5h', ago(5_400_000)],
    ['2h ago', ago(7_200_000)],
    ['10 min ago', ago(600_000)],
    ['2 days 3 hours ago', ago(183_600_000)],
    ['1w', ago(604_800_000)],
    ['+5m', ago(-300_000)],
    ['@1772615702', new Date(1_772_615_702_000)],
    ['@1772615702.5', new Date(1_772_615_702_500)],
    ['  now ', now],
  ])('reads "%s"', (text, time) => {
    expect(parseTimeExpression(text, now)).toEqual(time);
  });

  it.each([
    '',
    'soon',
    '10',
    '10x',
    '5 m x',
    '-5m ago',
    '25:00',
    '12:60',
    '2026-13-01',
    '2026-02-30',
    '2026-03-01 24:00',
    '@',
    '@abc',
    '9999999999999999w',
    '10m; rm',
  ])('refuses "%s" and names the accepted forms', (text) => {
    const act = (): Date => parseTimeExpression(text, now);
    expect(act).toThrow(LogsError);
    expect(act).toThrow(/yesterday, now, 10m/);
  });

  it('reads back every moment written as RFC 3339 or as seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (ms) => {
        expect(parseTimeExpression(new Date(ms).toISOString(), now).getTime()).toBe(ms);
        expect(parseTimeExpression(`@${(ms / 1000).toFixed(3)}`, now).getTime()).toBe(ms);
      }),
    );
  });

  it('either gives a valid moment or throws a LogsError, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(parseTimeExpression(text, now).getTime()).not.toBeNaN();
        } catch (error) {
          expect(error).toBeInstanceOf(LogsError);
        }
      }),
    );
  });
});
