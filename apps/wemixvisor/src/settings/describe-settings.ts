import { settingNames, settings } from './settings.ts';
import { formatValue } from './format-value.ts';

/** The description of a setting, for docs/configuration.md. */
export interface SettingDescription {
  readonly table: string;
  readonly key: string;
  readonly option: string | null;
  readonly environment: readonly string[];
  readonly help: string;
  readonly expected: string;
  /** The default as it is typed, empty where there is none. */
  readonly standard: string;
  readonly takesEffect: 'reload' | 'start';
  readonly secret: boolean;
}

/** The description of every setting, in the order of the help. */
export function describeSettings(): readonly SettingDescription[] {
  return settingNames.map((name) => {
    const { type, defaultValue, key, option, environment, help, takesEffect, secret } =
      settings[name];
    const [table = ''] = key.split('.');
    const standard = defaultValue === null ? '' : formatValue(name, defaultValue);
    const { expected } = type;
    return { table, key, option, environment, help, expected, standard, takesEffect, secret };
  });
}
