import { redactedValue, withoutSecrets } from '../settings/redacted-value.ts';
import type { Origin, ResolvedSettings } from '../settings/resolve-settings.ts';
import { settingNames, settings, type SettingName } from '../settings/settings.ts';
import { formatToml } from '../settings/format-value.ts';

/** The settings as a config.toml; a setting without a value is a comment. */
export function renderConfig(
  resolved: ResolvedSettings,
  { origin }: { readonly origin: boolean },
): string {
  const lines = settingNames.map((name) => ({ name, text: lineOf(name, resolved) }));
  const width = Math.min(48, Math.max(...lines.map(({ text }) => text.length)));
  let table = '';
  const written = lines.flatMap(({ name, text }) => {
    const [next = ''] = settings[name].key.split('.');
    const header = next === table ? [] : [...(table === '' ? [] : ['']), `[${next}]`];
    table = next;
    const from = origin ? `  # ${describeOrigin(resolved.origins[name])}` : '';
    return [...header, `${origin ? text.padEnd(width) : text}${from}`];
  });
  return `${written.join('\n')}\n`;
}

/** The settings for `--json`: by key, the value as an operator types it, and where it comes from. */
export function renderConfigJson(
  resolved: ResolvedSettings,
  { home, configFile }: { readonly home: string; readonly configFile: string },
) {
  const entries = settingNames.map((name) => {
    const origin = resolved.origins[name];
    const value = resolved.settings[name];
    const shown = redactedValue(name, value);
    const typed = value === null ? null : shown;
    const source = origin.from === 'default' ? null : origin.name;
    return [settings[name].key, { value: typed, from: origin.from, source }];
  });
  return {
    schema: 1,
    home,
    config_file: configFile,
    settings: Object.fromEntries(entries) as Record<string, unknown>,
  };
}

function lineOf(name: SettingName, { settings: effective }: ResolvedSettings): string {
  const key = settings[name].key.slice(settings[name].key.indexOf('.') + 1);
  const value = effective[name];
  if (value === null) return `# ${key} is not set`;
  if (Array.isArray(value) && value.length === 0) return `${key} = []`;
  return `${key} = ${formatToml(name, withoutSecrets(name, value))}`;
}

/** Where a value comes from, as text. */
function describeOrigin(origin: Origin): string {
  if (origin.from === 'default') return 'default';
  if (origin.from === 'option') return `option ${origin.name}`;
  return origin.name;
}
