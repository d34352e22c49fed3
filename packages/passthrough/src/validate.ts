import { situationOf } from './derive/situation.ts';
import type { ReadingContext } from './reading-context.ts';
import { exclusiveFlags } from './validate/exclusive.ts';
import type { Finding, Rule } from './validate/finding.ts';
import { idleServerFlags, longIpcPath, portClashes, unlockOverHttp } from './validate/listening.ts';
import { outdatedFlags, unknownNames } from './validate/names.ts';
import { unknownVariables, unreadableConfig } from './validate/origins.ts';
import { redirectedLog, shortLived } from './validate/supervision.ts';
import { values } from './validate/values.ts';
import { repeatedFlags, swallowedFlags, unexpectedWords } from './validate/words.ts';

const rules: readonly Rule[] = [
  unknownNames,
  outdatedFlags,
  values,
  unexpectedWords,
  swallowedFlags,
  repeatedFlags,
  exclusiveFlags,
  shortLived,
  redirectedLog,
  portClashes,
  idleServerFlags,
  longIpcPath,
  unlockOverHttp,
  unreadableConfig,
  unknownVariables,
];

/**
 * Finds what is wrong or surprising about a node's command line, in the order of its words; what has no word comes last.
 * Never throws and changes nothing: what to do about a finding is the caller's choice. Of a program of unknown flavour
 * nothing is certain, so that it has no errors, only warnings.
 *
 * @example
 * validate(['--htpp'], { flavour: 'geth', version: '1.17.5' })[0];
 * // { code: 'unknown-flag', severity: 'error', position: 0, message: …, remedy: 'Did you mean --http?' }
 */
export function validate(argv: readonly string[], context?: ReadingContext): readonly Finding[] {
  // geth stops at the first stray word; a person wants to hear of all mistakes at once.
  const situation = situationOf(argv, context, { pastStrayWords: true });
  const isCertain = situation.surroundings.target.flavour !== 'unknown';
  return rules
    .flatMap((rule) => rule(situation))
    .map((finding) => (isCertain ? finding : asDoubt(finding)))
    .toSorted((a, b) => (a.position ?? argv.length) - (b.position ?? argv.length));
}

const asDoubt = (finding: Finding): Finding =>
  finding.severity === 'error' ? { ...finding, severity: 'warning' } : finding;
