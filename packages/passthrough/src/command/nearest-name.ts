import compare from 'damerau-levenshtein';

/** No name is longer, and comparing takes time. */
const longest = 100;
/** A shorter beginning says too little. */
const shortestBeginning = 3;

/**
 * The name nearest to what was typed, in either case, or undefined when none is near: the only one that begins so, else one of which at most
 * one letter in three differs. Two letters in each other's place count as one.
 *
 * @example
 * nearestName('htpt', ['http', 'ws']); // 'http'
 */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const word = typed.toLowerCase();
  if (word.length > longest) return undefined;
  const [begun, another] = names.filter((name) => name.toLowerCase().startsWith(word));
  const isBeginning = word.replace(/^-+/, '').length >= shortestBeginning;
  if (isBeginning && begun !== undefined && another === undefined) return begun;
  const slips = names.map((name) => ({ name, count: compare(word, name.toLowerCase()).steps }));
  const [nearest] = slips.toSorted((a, b) => a.count - b.count);
  const most = word.length < 2 ? 0 : Math.max(1, Math.floor(word.length / 3));
  return nearest !== undefined && nearest.count <= most ? nearest.name : undefined;
}
