import { redactEthstats, redactText } from './redact-text.ts';
import { isSecretFlag, looksLikeSecret, REDACTED } from './secret-names.ts';

const flagWord = /^-+([^=]+)(?:=([\s\S]*))?$/;
const assignment = /^([A-Za-z_][\w.-]*)=([\s\S]*)$/;

/**
 * Replaces the secrets of a command line, ours or a node's, with `REDACTED`; all other words stay, in their places.
 * It needs no registry: an unknown flag counts as secret by its name, so it may hide too much, but it moves no word.
 *
 * @example
 * redactSecrets(['--nodekeyhex', 'c0ffee', '--http']); // ['--nodekeyhex', 'REDACTED', '--http']
 */
export function redactSecrets(argv: readonly string[]): readonly string[] {
  return argv.map((word, position) => redactWord(word, argv[position - 1]));
}

/** Looks at each word alone: a flag that another one took as its value still hides the word after it. */
function redactWord(word: string, previous: string | undefined): string {
  const owner = previous === undefined ? undefined : nameWithoutValue(previous);
  if (owner !== undefined && takesWord(owner, word)) return redactValue(owner, word);
  const [, name, value] = flagWord.exec(word) ?? [];
  if (name === undefined) return redactPlain(word);
  // `--password hunter2` may be one word.
  return value === undefined
    ? redactText(word)
    : `${word.slice(0, word.length - value.length)}${redactValue(name, value)}`;
}

function nameWithoutValue(word: string): string | undefined {
  const [, name, value] = flagWord.exec(word) ?? [];
  return value === undefined ? name : undefined;
}

/** A secret flag of geth takes any word; an unknown flag may be a switch, which takes no other flag. */
function takesWord(name: string, word: string): boolean {
  if (isSecretFlag(name) || ['ethstats', 'env'].includes(name) || isHeader(name)) return true;
  return looksLikeSecret(name) && !/^-./.test(word);
}

const isHeader = (name: string) =>
  name === 'header' || name === 'H' || name === 'beacon.api.header';

function redactValue(name: string, value: string): string {
  if (name === 'ethstats') return redactEthstats(value);
  if (name === 'env') return `${/^[A-Za-z_]\w*=/.exec(value)?.[0] ?? ''}${REDACTED}`;
  if (isHeader(name)) return `${/^[\w-]+:\s?/.exec(value)?.[0] ?? ''}${REDACTED}`;
  return isSecretFlag(name) || looksLikeSecret(name) ? REDACTED : redactPlain(value);
}

/** Redacts a plain word, or a value such as the one of `-X KEY=VALUE`. */
function redactPlain(word: string): string {
  const [, key, value] = assignment.exec(word) ?? [];
  if (key === undefined || value === undefined) return redactText(word);
  // A name in capitals is a variable's, as in a mistyped `--enw API=…`.
  const isSecret = looksLikeSecret(key) || /^[A-Z_][A-Z\d_]*$/.test(key);
  return `${key}=${isSecret ? REDACTED : redactText(value)}`;
}
