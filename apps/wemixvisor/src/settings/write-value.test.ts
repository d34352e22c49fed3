import fc from 'fast-check';
import { parse } from 'smol-toml';
import { as } from 'typanion';
import { describe, expect, it } from 'vitest';
import { parseMilliseconds, writeDuration } from './duration.ts';
import { settingNames, settings } from './settings.ts';
import { parseBytes, writeSize } from './size.ts';
import { asToml, asTyped } from './write-value.ts';

describe('values as they are typed', () => {
  it('are read back as they were', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), (n) => {
        expect(parseMilliseconds(writeDuration(n))).toBe(n);
        expect(parseBytes(writeSize(n))).toBe(n);
      }),
    );
  });

  it.each([
    [0, '0'],
    [5_400_000, '1h30m'],
    [90_500, '1m30s500ms'],
    [86_400_000, '24h'],
  ])('writes %i milliseconds as %s', (milliseconds, text) => {
    expect(writeDuration(milliseconds)).toBe(text);
  });

  it('shows a list with commas', () => {
    expect(asTyped('env', ['A=1', 'B=2'])).toBe('A=1,B=2');
  });

  it.each(settingNames.filter((name) => settings[name].fallback !== null))(
    'writes the default of %s as TOML that its own check takes',
    (name) => {
      const { kind, fallback } = settings[name];
      const value: unknown = parse(`v = ${asToml(name, fallback)}`)['v'];
      expect(as(value, kind.schema, { coerce: true, errors: true }).value).toEqual(fallback);
    },
  );
});
