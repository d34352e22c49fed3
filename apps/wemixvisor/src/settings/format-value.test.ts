import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parseMilliseconds, writeDuration } from './duration.ts';
import { settingNames, settings } from './settings.ts';
import { parseBytes, writeSize } from './size.ts';
import { formatToml, formatValue } from './format-value.ts';

describe('formatValue and formatToml', () => {
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
    expect(formatValue('env', ['A=1', 'B=2'])).toBe('A=1,B=2');
  });

  it.each(settingNames.filter((name) => settings[name].defaultValue !== null))(
    'writes the default of %s as TOML that its own type parses',
    (name) => {
      const { type, defaultValue } = settings[name];
      const value: unknown = parse(`v = ${formatToml(name, defaultValue)}`)['v'];
      expect(type.parse(value)).toEqual(defaultValue);
    },
  );
});
