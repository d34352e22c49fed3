import { tokensOf } from './pattern.ts';

/** Shorter ones are found too often to be of use. */
const leastLength = 4;

/**
 * The longest run of characters that stands in every match of a pattern from `compilePattern`; null when there is none, or it is not plain
 * to see: in alternatives, in groups, in either case of letters.
 */
export function requiredLiteral({ source, flags }: RegExp): string | null {
  if (/[iuv]/.test(flags)) return null;
  let longest = '';
  for (const token of tokensOf(source)) {
    if (token.startsWith('[') || token.startsWith('\\')) continue;
    if (/[|()]/.test(token)) return null;
    // A quantifier belongs to the character before it, and its own digits are none of the text.
    const text = token.replace(/^(?:[*+?]|\{[^}]*\})+/, '');
    for (const run of text.split(/.(?:[*+?]|\{[^}]*\})+|[.^$]/su)) {
      if (run.length > longest.length) longest = run;
    }
  }
  return longest.length >= leastLength ? longest : null;
}
