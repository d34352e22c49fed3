import type { Origin, ResolvedSettings } from './examine.ts';
import { withoutSecrets, type Redact } from './hide-secrets.ts';
import type { AnySettings, Setting } from './setting.ts';
import { formatToml, isUnset } from './written-value.ts';

/** A TOML file with every setting, explained and commented out; `when` are the words for when a change takes effect. */
export function settingsTemplate(
  table: AnySettings,
  head: string,
  when: Readonly<Record<Setting<unknown>['takesEffect'], string>>,
): string {
  const tables = new Map<string, string[]>();
  for (const setting of Object.values(table)) {
    const { name, key } = placeIn(setting);
    const entries = tables.get(name) ?? [];
    tables.set(name, entries);
    const { help, option, environment, takesEffect, type } = setting;
    const ways = [...(option === null ? [] : [option]), ...environment].join(', ');
    const value = `#${key} = ${defaultOrExample(setting)}`;
    const explained = `## ${type.expected}; ${when[takesEffect]}; also ${ways}`;
    entries.push(`## ${help}.\n${explained}\n${value}\n`);
  }
  const parts = [...tables].map(([name, entries]) => `[${name}]\n\n${entries.join('\n')}`);
  return [head, ...parts].join('\n');
}

/** The default in TOML; where there is none, an example or else what stands for the value. */
function defaultOrExample(setting: Setting<unknown>): string {
  const { defaultValue, type } = setting;
  const { example = defaultValue ?? type.placeholder } = type;
  return formatToml(setting, isUnset(defaultValue) ? example : defaultValue);
}

/** Effective settings as a TOML file without secrets; a setting without a value is a comment. */
export function settingsToml(
  table: AnySettings,
  { settings, origins }: ResolvedSettings<Readonly<Record<string, unknown>>>,
  { origin: withOrigin, redact }: { readonly origin: boolean; readonly redact: Redact },
): string {
  const lines = Object.entries(table).map(([name, setting]) => ({
    table: placeIn(setting).name,
    text: lineOf(setting, settings[name], redact),
    origin: origins[name] ?? { from: 'default' },
  }));
  const width = Math.min(48, Math.max(...lines.map(({ text }) => text.length)));
  const written = lines.flatMap(({ table: name, text, origin }, at) => {
    const isNext = name !== lines[at - 1]?.table;
    const header = isNext ? [...(at === 0 ? [] : ['']), `[${name}]`] : [];
    const line = withOrigin ? `${text.padEnd(width)}  # ${describeOrigin(origin)}` : text;
    return [...header, line];
  });
  return `${written.join('\n')}\n`;
}

function lineOf(setting: Setting<unknown>, value: unknown, redact: Redact): string {
  const { key } = placeIn(setting);
  if (value === null) return `# ${key} is not set`;
  if (isUnset(value)) return `${key} = []`;
  return `${key} = ${formatToml(setting, withoutSecrets(setting, value, redact))}`;
}

/** The table of a setting and its key there. */
function placeIn({ key }: Setting<unknown>) {
  const dot = key.indexOf('.');
  return { name: key.slice(0, dot), key: key.slice(dot + 1) };
}

/** Where a value comes from, as text. */
function describeOrigin(origin: Origin): string {
  if (origin.from === 'default') return 'default';
  return origin.from === 'option' ? `option ${origin.name}` : origin.name;
}
