import { stripVTControlCharacters } from 'node:util';

/**
 * Sanitizes text from elsewhere into one printable line of limited length: no control characters, no runs of blanks.
 * `redact` runs before the line is cut, as half a secret would not be recognised.
 */
export function oneLine(
  text: string,
  longest: number,
  redact: (line: string) => string = (line) => line,
): string {
  const printable = stripVTControlCharacters(text)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s\uFFFD]+/gu, ' ')
    .trim();
  const line = redact(printable);
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}
