import type { Kind } from './kind.ts';
import { settingNames, settings, type SettingName } from './settings.ts';
import { asToml } from './write-value.ts';

const head = `## The configuration of wemixvisor. A line with one # is a setting with its default, or an example where there
## is none: take the # away to set it. An option beats an environment variable, a variable beats this file.
## After a change: wemixvisor config check && wemixvisor reload
`;

/** A config.toml in which every setting stands, explained and commented out. Without the first # of each line it is valid too. */
export function configTemplate(): string {
  const tables = new Map<string, string[]>();
  for (const name of settingNames) {
    const [table = '', key = ''] = settings[name].key.split('.');
    const entries = tables.get(table) ?? [];
    tables.set(table, entries);
    entries.push(`${commentOf(name)}\n#${key} = ${standardOf(name)}\n`);
  }
  const parts = [...tables].map(([table, entries]) => `[${table}]\n\n${entries.join('\n')}`);
  return [head, ...parts].join('\n');
}

function commentOf(name: SettingName): string {
  const { help, option, environment, takesEffect, kind } = settings[name];
  const ways = [...(option === null ? [] : [option]), ...environment].join(', ');
  const when = takesEffect === 'start' ? 'from the next start of the node on' : 'at once on reload';
  return [`## ${help}.`, `## ${kind.expected}; ${when}; also ${ways}`].join('\n');
}

/** The default in TOML; where there is none, an example. */
export function standardOf(name: SettingName): string {
  const { fallback, kind } = settings[name];
  const { example } = kind as Kind<unknown>;
  const isNothing = fallback === null || (Array.isArray(fallback) && fallback.length === 0);
  return asToml(name, isNothing && example !== undefined ? example : fallback);
}
