import { tokensOf } from './pattern.ts';

/** Shorter literals are found too often to be of use. */
const leastLength = 4;

/**
 * Literals of which each match contains at least one: for each alternative of a pattern from `compilePattern` the longest run of literal
 * characters. Null when an alternative has none, or when it is not obvious: in groups, or where the case is ignored.
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

/** The longest run of literal characters: a quantifier belongs to the character before it, and its digits are no text. */
function longer(longest: string, part: string): string {
  const text = part.replace(/^(?:[*+?]|\{[^}]*\})+/, '');
  const runs = text.split(/.(?:[*+?]|\{[^}]*\})+|[.^$]/su);
  return runs.reduce((best, run) => (run.length > best.length ? run : best), longest);
}
