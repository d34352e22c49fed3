import { readConfiguration } from '../parse/read-configuration.ts';
import type { ReadingContext } from '../parse/reading-context.ts';
import { exclusiveFlags } from './exclusive.ts';
import type { Finding, Rule } from './finding.ts';
import { idleServerFlags, longIpcPath, portClashes, unlockOverHttp } from './listening.ts';
import { outdatedFlags, unknownNames } from './names.ts';
import { unreadableConfig, unknownVariables } from './config-and-variables.ts';
import { configKeys } from './config-keys.ts';
import { redirectedLog, shortLived } from './supervision.ts';
import { values } from './values.ts';
import { repeatedFlags, flagsAsValues, unexpectedWords } from './words.ts';

const rules: readonly Rule[] = [
  unknownNames,
  outdatedFlags,
  values,
  unexpectedWords,
  flagsAsValues,
  repeatedFlags,
  exclusiveFlags,
  shortLived,
  redirectedLog,
  portClashes,
  idleServerFlags,
  longIpcPath,
  unlockOverHttp,
  unreadableConfig,
  configKeys,
  unknownVariables,
];

/**
 * Finds what is wrong or surprising in a node's command line, in the order of its words; findings without a word come
 * last. Never throws and changes nothing: what to do about a finding is the caller's choice. For a program of unknown
 * flavour nothing is certain, so all its errors are warnings.
 *
 * @example
 * validate(['--htpp'], { flavour: 'geth', version: '1.17.5' })[0];
 * // { code: 'unknown-flag', severity: 'error', position: 0, message: …, remedy: 'Did you mean --http?' }
 */
export function validate(argv: readonly string[], context?: ReadingContext): readonly Finding[] {
  // geth stops at the first stray word; a person wants to see all mistakes at once.
  const configuration = readConfiguration(argv, context, { pastStrayWords: true });
  const isCertain = configuration.context.target.flavour !== 'unknown';
  return rules
    .flatMap((rule) => rule(configuration))
    .map((finding) => (isCertain ? finding : asWarning(finding)))
    .toSorted((a, b) => (a.position ?? argv.length) - (b.position ?? argv.length));
}

const asWarning = (finding: Finding): Finding =>
  finding.severity === 'error' ? { ...finding, severity: 'warning' } : finding;
