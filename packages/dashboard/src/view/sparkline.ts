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
): {
  readonly text: string;
  /** Null where nothing was seen. */
  readonly extremes: { readonly least: number; readonly most: number } | null;
} {
  const cells = Math.min(width, values.length);
  const means = Array.from({ length: cells }, (_, cell) => {
    const [from, to] = [cell, cell + 1].map((at) => Math.floor((at * values.length) / cells));
    return meanOf(values.slice(from, to));
  });
  const seen = means.filter((mean) => mean !== null);
  if (seen.length === 0) return { text: ' '.repeat(cells), extremes: null };
  const [least, most] = [Math.min(...seen), Math.max(...seen)];
  const [from, to] = base === 'zero' ? [Math.min(0, least), most] : scaleNear(least, most);
  const block = (mean: number) =>
    blocks[to === from ? 0 : Math.min(7, Math.floor(((mean - from) / (to - from)) * 8))] ?? '';
  const text = means.map((mean) => (mean === null ? ' ' : block(mean))).join('');
  return { text, extremes: { least, most } };
}

/** A small change stays in the middle. */
function scaleNear(least: number, most: number): readonly [from: number, to: number] {
  const range = Math.max(most - least, Math.abs(most) * flat);
  const from = (least + most - range) / 2;
  return [from, from + range];
}

function meanOf(values: readonly (number | null)[]): number | null {
  const seen = values.filter((value) => value !== null);
  return seen.length === 0 ? null : seen.reduce((sum, value) => sum + value, 0) / seen.length;
}
