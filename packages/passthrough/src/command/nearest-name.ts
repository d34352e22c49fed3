import { closest, distance } from 'fastest-levenshtein';

/**
 * The name nearest to what was typed, or undefined when none is near: at most one letter in three may differ.
 *
 * @example
 * nearestName('htttp', ['http', 'ws']); // 'http'
 */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  // No name is that long, and comparing takes time.
  if (names.length === 0 || typed.length > 100) return undefined;
  const nearest = closest(typed, names);
  const typos = distance(typed.toLowerCase(), nearest.toLowerCase());
  return typos <= Math.max(1, Math.floor(typed.length / 3)) ? nearest : undefined;
}
