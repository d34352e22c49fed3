import compare from 'damerau-levenshtein';

/** A beginning that more names share than these says nothing. */
const mostNamed = 3;

/**
 * `: did you mean X?` where a word is the beginning of a name, or like one, in either case; two letters in each other's place count as one slip. An empty text
 * where no name is near.
 *
 * @example didYouMean('strat', ['start', 'stop']); // ': did you mean start?'
 */
export function didYouMean(word: string, names: readonly string[]): string {
  const typed = word.toLowerCase();
  const begun =
    typed.length < 2 ? [] : names.filter((name) => name.toLowerCase().startsWith(typed));
  if (begun.length > 0 && begun.length <= mostNamed) return `: did you mean ${begun.join(' or ')}?`;
  const slips = names.map((name) => ({ name, count: compare(typed, name.toLowerCase()).steps }));
  const [nearest] = slips.toSorted((a, b) => a.count - b.count);
  const isNear = nearest !== undefined && nearest.count <= Math.max(2, word.length / 3);
  return isNear ? `: did you mean ${nearest.name}?` : '';
}
