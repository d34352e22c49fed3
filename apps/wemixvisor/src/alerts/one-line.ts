import { stripVTControlCharacters } from 'node:util';

/**
 * Somebody else's text as one printable line of limited length: no control characters, no runs of blanks.
 * `hide` blots out secrets before the line is cut: half a secret would not be recognised.
 */
export function oneLine(
  text: string,
  longest: number,
  hide: (line: string) => string = (line) => line,
): string {
  const printable = stripVTControlCharacters(text)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s\uFFFD]+/gu, ' ')
    .trim();
  const line = hide(printable);
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}
