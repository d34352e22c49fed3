import type { ParsedFlag } from '../parse/parsed-arguments.ts';
import { findSubcommand } from '../registry/look-up.ts';
import { isAtLeast } from '../registry/release.ts';
import type { NodeConfiguration } from '../parse/read-configuration.ts';
import type { Found, Rule } from './finding.ts';

/** Finds commands and flags with which the node does not keep running. */
export const shortLived: Rule = ({ parsed }) => [
  ...subcommandFindings(parsed),
  ...onFlag(parsed.flags, ['help', 'version', 'generate-bash-completion'], (flag) => ({
    code: 'exits-by-itself',
    severity: 'error',
    position: flag.position,
    message: `With ${flag.typed} the program prints a text and exits.`,
    remedy: 'Run it by hand, without a supervisor.',
  })),
  ...onFlag(parsed.flags, ['exitwhensynced'], (flag) => ({
    code: 'exits-by-itself',
    severity: 'warning',
    position: flag.position,
    message: `With ${flag.typed} the node exits with status 0 once it is synced.`,
    remedy: 'Remove it from a node that should keep running.',
  })),
];

function subcommandFindings({ subcommand, words }: NodeConfiguration['parsed']): readonly Found[] {
  if (subcommand === null) return [];
  const position = words.find(({ role }) => role === 'subcommand')?.position ?? null;
  if (findSubcommand(subcommand)?.runsNode === true) {
    return [
      {
        code: 'interactive',
        severity: 'warning',
        position,
        message: `The command ${subcommand} reads its input, and the node stops where that ends.`,
        remedy: `Remove it, and use "attach" from another terminal.`,
      },
    ];
  }
  return [
    {
      code: 'exits-by-itself',
      severity: 'error',
      position,
      message: `The command ${subcommand} does its work and exits; it is no node to keep running.`,
      remedy: 'Run it by hand, without a supervisor.',
    },
  ];
}

/** Finds flags that move the log away from standard error, which a supervisor keeps. */
export const redirectedLog: Rule = ({ parsed, context: { target } }) => {
  const { flavour, version } = target;
  const replaces =
    flavour === 'geth' &&
    version !== null &&
    isAtLeast(version, '1.11.0') &&
    !isAtLeast(version, '1.11.6');
  const names = [...(flavour === 'gwemix' ? ['log'] : []), ...(replaces ? ['log.file'] : [])];
  return onFlag(parsed.flags, names, (flag) => ({
    code: 'log-redirected',
    severity: 'warning',
    position: flag.position,
    message: `With ${flag.typed} the node writes its log only to that file; a supervisor sees nothing of it.`,
    remedy: `Remove ${flag.typed} and let the supervisor keep and rotate the log.`,
  }));
};

function onFlag(
  flags: readonly ParsedFlag[],
  names: readonly string[],
  finding: (flag: ParsedFlag) => Found,
): readonly Found[] {
  return flags
    .filter(({ name, value }) => names.includes(name) && value !== 'false')
    .map((flag) => finding(flag));
}
