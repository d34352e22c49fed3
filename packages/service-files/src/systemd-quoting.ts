/** Each word in double quotes, by the rules of systemd.service(5) and systemd.syntax(7). */
export function quotedCommand([program, ...args]: readonly [string, ...string[]]): string {
  // systemd expands no variables in the path of the program, so a dollar there is literal.
  return [quoted(program), ...args.map((word) => quoted(word.replaceAll('$', '$$$$')))].join(' ');
}

/** One word of a list in double quotes; a dollar in it is literal. */
export function quoted(word: string): string {
  return `"${escapedSpecifiers(word).replaceAll(/["\\\p{Cc}]/gu, escaped)}"`;
}

/** Text behind an equals sign: no specifier is expanded, and it cannot begin another line. */
export const plain = (text: string): string => escapedSpecifiers(printable(text));

/** Text of a comment. A backslash at the end would continue the line. */
export const printable = (text: string): string => text.replaceAll(/\p{Cc}|\\$/gu, '?');

const escapedSpecifiers = (text: string) => text.replaceAll('%', '%%');

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return [...Buffer.from(character)]
    .map((byte) => String.raw`\x${byte.toString(16).padStart(2, '0')}`)
    .join('');
}
