import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { settingNames, settings } from './settings.ts';
import { formatToml, formatValue } from './format-value.ts';

describe('formatValue and formatToml', () => {
  it('shows a list with commas', () => {
    expect(formatValue('env', ['A=1', 'B=2'])).toBe('A=1,B=2');
  });

  it('shows a list of tables as JSON, and writes it as TOML', () => {
    const causes = [{ pattern: '^a"\u007f', class: 'never' }];
    expect(formatValue('diagnosisCauses', causes)).toBe(JSON.stringify(causes));
    expect(parse(`v = ${formatToml('diagnosisCauses', causes)}`)['v']).toEqual(causes);
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
