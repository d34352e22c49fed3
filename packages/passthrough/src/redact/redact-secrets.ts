import { redactEthstats, redactText } from './redact-text.ts';
import { isSecretFlag, looksLikeSecret, REDACTED } from './secret-names.ts';

const flagWord = /^-+([^=]+)(?:=([\s\S]*))?$/;
const assignment = /^([A-Za-z_][\w.-]*)=([\s\S]*)$/;

/**
 * Replaces the secrets of a command line, ours or a node's, with `REDACTED`; all other words stay, in their places.
 * It needs no registry. A flag it does not know counts as secret by its name, so it may hide too much, never a position.
 *
 * @example
 * redactSecrets(['--nodekeyhex', 'c0ffee', '--http']); // ['--nodekeyhex', 'REDACTED', '--http']
 */
export function redactSecrets(argv: readonly string[]): readonly string[] {
  return argv.map((word, position) => redactWord(word, argv[position - 1]));
}

/** Each word is judged alone: a flag that was swallowed as a value still hides what follows it. */
function redactWord(word: string, previous: string | undefined): string {
  const owner = previous === undefined ? undefined : nameWithoutValue(previous);
  if (owner !== undefined && swallows(owner, word)) return redactValue(owner, word);
  const [, name, value] = flagWord.exec(word) ?? [];
  if (name === undefined) return redactPlain(word);
  // `--password hunter2` may have come as one word.
  return value === undefined
    ? redactText(word)
    : `${word.slice(0, word.length - value.length)}${redactValue(name, value)}`;
}

function nameWithoutValue(word: string): string | undefined {
  const [, name, value] = flagWord.exec(word) ?? [];
  return value === undefined ? name : undefined;
}

/** geth's own value flags eat anything; an unknown one may be a switch, which eats no flag. */
function swallows(name: string, word: string): boolean {
  if (isSecretFlag(name) || name === 'ethstats' || isHeader(name)) return true;
  return looksLikeSecret(name) && !/^-./.test(word);
}

const isHeader = (name: string) =>
  name === 'header' || name === 'H' || name === 'beacon.api.header';

function redactValue(name: string, value: string): string {
  if (name === 'ethstats') return redactEthstats(value);
  if (isHeader(name)) return `${/^[\w-]+:\s?/.exec(value)?.[0] ?? ''}${REDACTED}`;
  return isSecretFlag(name) || looksLikeSecret(name) ? REDACTED : redactPlain(value);
}

/** A word on its own, or a value such as the one of `--env KEY=VALUE`. */
function redactPlain(word: string): string {
  const [, key, value] = assignment.exec(word) ?? [];
  if (key === undefined || value === undefined) return redactText(word);
  return looksLikeSecret(key) ? `${key}=${REDACTED}` : `${key}=${redactText(value)}`;
}
