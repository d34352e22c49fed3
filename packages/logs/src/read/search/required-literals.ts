import { tokensOf } from './pattern.ts';

/** Shorter ones are found too often to be of use. */
const leastLength = 4;

/**
 * For each alternative of a pattern from `compilePattern` the longest run of characters that stands in every match of it, so that each match has
 * one of them; null when an alternative has none, or it is not plain to see: in groups, in either case of letters.
 */
export function requiredLiterals(pattern: RegExp): readonly string[] | null {
  if (/[iuv]/.test(pattern.flags)) return null;
  const found: string[] = [];
  let longest = '';
  for (const token of tokensOf(pattern)) {
    if (token.startsWith('[') || token.startsWith('\\')) continue;
    if (/[()]/.test(token)) return null;
    for (const [at, part] of token.split('|').entries()) {
      if (at > 0) {
        found.push(longest);
        longest = '';
      }
      longest = longer(longest, part);
    }
  }
  found.push(longest);
  return found.every((literal) => literal.length >= leastLength) ? found : null;
}

/** The longest run that is meant as it stands: a quantifier belongs to the character before it, and its own digits are none of the text. */
function longer(longest: string, part: string): string {
  const text = part.replace(/^(?:[*+?]|\{[^}]*\})+/, '');
  const runs = text.split(/.(?:[*+?]|\{[^}]*\})+|[.^$]/su);
  return runs.reduce((best, run) => (run.length > best.length ? run : best), longest);
}
