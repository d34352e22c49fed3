import { as } from 'typanion';
import { describe, expect, it } from 'vitest';
import { address, count, flag, onOffOrDryRun, period, positive, size, variables } from './kinds.ts';

const read = (kind: { readonly schema: Parameters<typeof as>[1] }, said: unknown) =>
  as(said, kind.schema, { coerce: true, errors: true }).value as unknown;

describe('the kinds of settings', () => {
  it.each([
    ['period', period, '10ms', 10],
    ['period', period, '24d', 2_073_600_000],
    ['period', period, 30_000, 30_000],
    ['positive', positive, '1', 1],
    ['positive', positive, 3, 3],
    ['count', count, '0', 0],
    ['size', size, '1MiB', 1_048_576],
    ['flag', flag, 'YES', true],
    ['flag', flag, 'off', false],
    ['flag', flag, false, false],
    ['onOffOrDryRun', onOffOrDryRun, 'dry-run', 'dry-run'],
    ['onOffOrDryRun', onOffOrDryRun, 'true', 'on'],
    ['onOffOrDryRun', onOffOrDryRun, '0', 'off'],
    ['address', address, '127.0.0.1:9101', '127.0.0.1:9101'],
    ['address', address, '[::1]:9101', '[::1]:9101'],
    ['variables', variables, ['A=1', 'B='], ['A=1', 'B=']],
  ])('%s takes %j', (_, kind, said, value) => {
    expect(read(kind, said)).toEqual(value);
  });

  it.each([
    ['period', period, '9ms'],
    ['period', period, '0'],
    ['period', period, '25d'],
    ['period', period, 'soon'],
    ['period', period, 9],
    ['period', period, 2 ** 31],
    ['positive', positive, '0'],
    ['positive', positive, 0],
    ['positive', positive, '01'],
    ['count', count, '1.5'],
    ['count', count, 1.5],
    ['flag', flag, 'maybe'],
    ['flag', flag, 1],
    ['onOffOrDryRun', onOffOrDryRun, 'perhaps'],
    ['onOffOrDryRun', onOffOrDryRun, null],
    ['address', address, 'localhost'],
    ['address', address, '::1:9101'],
    ['variables', variables, ['1A=1']],
    ['variables', variables, 'A=1'],
  ])('%s refuses %j', (_, kind, said) => {
    expect(read(kind, said)).toBeUndefined();
  });
});
