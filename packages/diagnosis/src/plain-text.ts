/** More of a line is never looked at. */
export const longestLine = 4096;

const escape = String.fromCharCode(27);
const colours = new RegExp(`${escape}\\[[0-9;:?]{0,40}[A-Za-z]`, 'g');
/** Control characters, line separators, marks that turn the direction of text, and halves of a character. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The beginning of a line as text that can be shown: without colours and control characters. */
export function plainText(line: string): string {
  const start = line.slice(0, longestLine);
  return start.replace(colours, '').replaceAll('\t', ' ').replace(unprintable, '').trimEnd();
}

/** At most so many characters of a text, with `…` where something is left out. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
