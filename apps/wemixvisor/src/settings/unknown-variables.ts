import { nearestOf } from './nearest.ts';
import { settingNames, settings } from './settings.ts';

const known = [
  'WEMIXVISOR_HOME',
  'WEMIXVISOR_CONFIG',
  'WEMIXVISOR_DEBUG',
  ...settingNames.flatMap((name) => settings[name].environment),
];

/** Variables for an alert's program, which may call wemixvisor itself. */
const forAlertPrograms = /^WEMIXVISOR_ALERT_/;

const prefix = 'WEMIXVISOR_';

/** One line for each variable that looks like a setting but is not, with the nearest name. */
export function unknownVariables(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith(prefix) && !forAlertPrograms.test(name))
    .filter((name) => !known.includes(name))
    .map((name) => `${name} is not a setting${nearest(name) || ' and has no effect'}`);
}

/** Compares names without their common prefix, which would make all of them similar. */
function nearest(name: string): string {
  const own = known.filter((other) => other.startsWith(prefix));
  const names = own.map((other) => other.slice(prefix.length));
  return nearestOf(name.slice(prefix.length), names).replaceAll(/ (mean|or) /g, ` $1 ${prefix}`);
}
