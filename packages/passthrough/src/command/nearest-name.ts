import { closest, distance } from 'fastest-levenshtein';

/**
 * The name most like what was typed, or undefined when none is near: a typo changes about a letter in three.
 *
 * @example
 * nearestName('htttp', ['http', 'ws']); // 'http'
 */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  // Far longer than any name: comparing it would only cost time.
  if (names.length === 0 || typed.length > 100) return undefined;
  const nearest = closest(typed, names);
  const typos = distance(typed.toLowerCase(), nearest.toLowerCase());
  return typos <= Math.max(1, Math.floor(typed.length / 3)) ? nearest : undefined;
}
