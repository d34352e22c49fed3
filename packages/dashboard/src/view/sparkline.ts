/** Where a line begins: at zero, or near the least value, so that a slow change of a large figure is seen. */
export type Base = 'zero' | 'near';

const blocks = '▁▂▃▄▅▆▇█';
/** A change of less than this part of a figure stays flat. */
const flat = 0.05;

/**
 * Values as a line of blocks, oldest first, each the mean of what falls to it; a space where nothing was seen. Not wider than
 * there are values.
 */
export function sparkline(
  values: readonly (number | null)[],
  width: number,
  base: Base,
): { readonly text: string; readonly most: number | null } {
  const cells = Math.min(width, values.length);
  const means = Array.from({ length: cells }, (_, cell) => {
    const [from, to] = [cell, cell + 1].map((at) => Math.floor((at * values.length) / cells));
    return meanOf(values.slice(from, to));
  });
  const seen = means.filter((mean) => mean !== null);
  if (seen.length === 0) return { text: ' '.repeat(cells), most: null };
  const most = Math.max(...seen);
  const least = base === 'zero' ? Math.min(0, ...seen) : Math.min(...seen);
  const range = Math.max(most - least, base === 'zero' ? 0 : Math.abs(most) * flat);
  const block = (mean: number) =>
    blocks[range === 0 ? 0 : Math.min(7, Math.floor(((mean - least) / range) * 8))] ?? '';
  return { text: means.map((mean) => (mean === null ? ' ' : block(mean))).join(''), most };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const seen = values.filter((value) => value !== null);
  return seen.length === 0 ? null : seen.reduce((sum, value) => sum + value, 0) / seen.length;
}
