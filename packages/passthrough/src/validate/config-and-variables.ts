import { nearestName } from '../command/nearest-name.ts';
import type { ParsedArguments } from '../parse/parsed-arguments.ts';
import { flagOfVariable, variableNames, variablePrefix } from '../registry/look-up.ts';
import type { Rule } from './finding.ts';
import { shorten } from './names.ts';

/** Where the configuration file is named: its last naming counts. */
export function configPosition({ flags }: ParsedArguments): number | null {
  return flags.findLast(({ name }) => name === 'config')?.valuePosition ?? null;
}

/** Finds a `--config` that cannot be read or is no TOML, which ends the start. */
export const unreadableConfig: Rule = ({ configFile, parsed }) => {
  if (configFile.kind !== 'unreadable') return [];
  const [reason = ''] = configFile.reason.split('\n');
  return [
    {
      code: 'config-unreadable',
      severity: 'error',
      position: configPosition(parsed),
      message: `${configFile.path} cannot be read: ${shorten(reason)}`,
      remedy: 'Name a TOML file that the node may read; "dumpconfig" prints one.',
    },
  ];
};

/** Finds variables with the program's prefix that it does not know: it warns and continues (geth 1.13.1+, go-wbft). */
export const unknownVariables: Rule = ({ context: { env, target } }) => {
  const prefix = variablePrefix(target);
  if (prefix === undefined) return [];
  return Object.keys(env)
    .filter((name) => name.startsWith(prefix) && flagOfVariable(name, target) === undefined)
    .map((name) => {
      const nearest = nearestName(name, variableNames(target));
      return {
        code: 'unknown-variable',
        severity: 'warning',
        position: null,
        message: `The node ignores the variable ${name}.`,
        remedy: nearest === undefined ? 'Unset it.' : `Did you mean ${nearest}?`,
      };
    });
};
