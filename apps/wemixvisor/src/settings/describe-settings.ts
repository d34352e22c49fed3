import { settingNames, settings } from './settings.ts';
import { asTyped } from './write-value.ts';

/** A setting in words, for docs/configuration.md. */
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

/** Every setting in words, in the order of the help. */
export function describeSettings(): readonly SettingDescription[] {
  return settingNames.map((name) => {
    const { kind, fallback, key, option, environment, help, takesEffect, secret } = settings[name];
    const [table = ''] = key.split('.');
    const standard = fallback === null ? '' : asTyped(name, fallback);
    const { expected } = kind;
    return { table, key, option, environment, help, expected, standard, takesEffect, secret };
  });
}
