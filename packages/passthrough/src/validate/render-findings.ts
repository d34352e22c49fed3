import { quoteArgument } from '../command/quote.ts';
import { redactSecrets } from '../redact/redact-secrets.ts';
import type { Finding } from './finding.ts';

const colours = { error: 31, warning: 33, info: 36 } as const;

/** Longer command lines are cut around the word, so that the caret stays visible. */
const maxWidth = 100;

/**
 * Renders findings for a terminal: the quoted command line with a caret under the word, the message and the remedy.
 * Secrets are replaced and control characters shown as escapes; no findings give an empty string.
 *
 * @example
 * import { renderFindings, validate } from '@wemixvisor/passthrough/geth';
 *
 * const argv = ['--htpp'];
 * process.stderr.write(renderFindings(argv, validate(argv), { colour: process.stderr.isTTY }));
 */
export function renderFindings(
  argv: readonly string[],
  findings: readonly Finding[],
  { colour }: { readonly colour: boolean },
): string {
  const words = redactSecrets(argv).map((word) => printable(quoteArgument(word)));
  return findings.map((finding) => `${render(words, finding, colour)}\n`).join('');
}

function render(words: readonly string[], finding: Finding, colour: boolean): string {
  const { severity, position, message, remedy, code } = finding;
  const paint = (text: string) => (colour ? `\u001B[${colours[severity]}m${text}\u001B[0m` : text);
  const lines = position === null ? [] : pointAt(words, position, paint);
  return [`${paint(severity)}: ${message} [${code}]`, ...lines, `  ${remedy}`].join('\n');
}

function pointAt(
  words: readonly string[],
  position: number,
  paint: (text: string) => string,
): readonly string[] {
  const word = words[position] ?? '';
  const start = words.slice(0, position).reduce((column, before) => column + width(before) + 1, 0);
  const characters = Array.from(words.join(' '));
  const from = start + width(word) > maxWidth ? Math.max(0, start - maxWidth / 2) : 0;
  const shown = characters.slice(from, from + maxWidth).join('');
  const [head, tail] = [from > 0 ? '...' : '', characters.length > from + maxWidth ? '...' : ''];
  const carets = '^'.repeat(Math.max(1, Math.min(width(word), maxWidth - (start - from))));
  return [
    `  ${head}${shown}${tail}`,
    `  ${' '.repeat(head.length + start - from)}${paint(carets)}`,
  ];
}

const width = (text: string) => Array.from(text).length;

/** A line break or an escape sequence in an argument must neither break the caret's line nor reach the terminal. */
function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
