import { declared, settingNames, settings, type ResolvedSettings } from '../settings/settings.ts';

/** The settings for `--json`: by key, the value as an operator types it, and where it comes from. */
export function renderConfigJson(
  resolved: ResolvedSettings,
  { home, configFile }: { readonly home: string; readonly configFile: string },
) {
  const entries = settingNames.map((name) => {
    const origin = resolved.origins[name];
    const value = resolved.settings[name];
    const typed = value === null ? null : declared.show(name, value);
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
