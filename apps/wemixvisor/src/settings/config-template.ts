import type { ValueType } from '@wemixvisor/config-file';
import { settingNames, settings, type SettingName } from './settings.ts';
import { formatToml } from './format-value.ts';

const head = `## The configuration of wemixvisor. A line with one # is a setting with its default, or an example where there
## is none: remove the # to set it. Options override environment variables, which override this file.
## After a change: wemixvisor config check && wemixvisor reload
`;

/** A config.toml with every setting, explained and commented out. Without the first # of each line it is valid too. */
export function configTemplate(): string {
  const tables = new Map<string, string[]>();
  for (const name of settingNames) {
    const [table = '', key = ''] = settings[name].key.split('.');
    const entries = tables.get(table) ?? [];
    tables.set(table, entries);
    entries.push(`${describe(name)}\n#${key} = ${defaultOrExample(name)}\n`);
  }
  const parts = [...tables].map(([table, entries]) => `[${table}]\n\n${entries.join('\n')}`);
  return [head, ...parts].join('\n');
}

function describe(name: SettingName): string {
  const { help, option, environment, takesEffect, type } = settings[name];
  const ways = [...(option === null ? [] : [option]), ...environment].join(', ');
  const when = takesEffect === 'start' ? 'at the next start of the node' : 'on reload';
  return [`## ${help}.`, `## ${type.expected}; ${when}; also ${ways}`].join('\n');
}

/** The default in TOML; where there is none, an example. */
function defaultOrExample(name: SettingName): string {
  const { defaultValue, type } = settings[name];
  const { example = defaultValue } = type as ValueType<unknown>;
  const isUnset =
    defaultValue === null || (Array.isArray(defaultValue) && defaultValue.length === 0);
  return formatToml(name, isUnset ? example : defaultValue);
}
