import type { ParsedFlag } from '../parse/parsed-arguments.ts';
import { readConfiguration, type NodeConfiguration } from '../parse/read-configuration.ts';
import type { ReadingContext } from '../parse/reading-context.ts';
import { redactText } from '../redact/redact-text.ts';
import { exclusiveFlags } from './exclusive.ts';
import type { Finding, Found, Rule } from './finding.ts';
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
 * // { code: 'unknown-flag', severity: 'error', position: 0, flag: 'htpp', replacement: 'http', message: …,
 * //   remedy: 'Did you mean --http?', fix: { position: 0, remove: 1, insert: ['--http'] } }
 */
export function validate(argv: readonly string[], context?: ReadingContext): readonly Finding[] {
  // geth stops at the first stray word; a person wants to see all mistakes at once.
  const configuration = readConfiguration(argv, context, { pastStrayWords: true });
  const isCertain = configuration.context.target.flavour !== 'unknown';
  return rules
    .flatMap((rule) => rule(configuration))
    .map((found) => complete(found, configuration))
    .map((finding) => (isCertain ? finding : asWarning(finding)))
    .toSorted((a, b) => (a.position ?? argv.length) - (b.position ?? argv.length));
}

function complete(found: Found, { parsed }: NodeConfiguration): Finding {
  const { position, replacement = null, fix = null } = found;
  const given = parsed.flags.find(
    (flag) => position !== null && (flag.position === position || flag.valuePosition === position),
  );
  return { ...found, flag: given === undefined ? null : nameOf(given), replacement, fix };
}

/** What follows the name of an unknown flag in the same word may be its value, and secret. */
function nameOf({ flag, name }: ParsedFlag): string {
  return flag?.name ?? redactText(/^[^\s=]*/.exec(name)?.[0] ?? '');
}

const asWarning = (finding: Finding): Finding =>
  finding.severity === 'error' ? { ...finding, severity: 'warning' } : finding;
