/** Somebody else's text as one printable line of limited length: no control characters, no runs of blanks. */
export function oneLine(text: string, longest: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s\uFFFD]+/gu, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}
