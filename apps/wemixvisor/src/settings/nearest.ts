import { closest, distance } from 'fastest-levenshtein';

/** `: did you mean X?` where a name is similar, else an empty text. */
export function nearestOf(word: string, names: readonly string[]): string {
  const nearest = closest(word, names);
  return distance(word, nearest) <= Math.max(2, word.length / 3)
    ? `: did you mean ${nearest}?`
    : '';
}
