import type { Consolidation } from './time-series.ts';

/** Where in the cells the time of the newest sample is (NaN: none), and the slot that it is in. The counts follow. */
const [lastAt, position, counts] = [0, 1, 2];

/** How a further value joins those that its slot has. */
const join: Readonly<
  Record<Consolidation, (kept: number, value: number, count: number) => number>
> = {
  mean: (kept, value, count) => kept + (value - kept) / (count + 1),
  last: (_, value) => value,
  max: (kept, value) => Math.max(kept, value),
};

/** One step of a time series: a ring of slots for each column. */
export interface Archive {
  readonly stepMs: number;
  /** Takes a value for each column, NaN where it is unknown. */
  record(at: number, values: readonly number[]): void;
  /** The time of each step and the values of each column, up to now. */
  read(now: number): { readonly times: number[]; readonly columns: (number | null)[][] };
}

/** The cells that an archive needs; one column more than is asked for says when in its step a sample was taken. */
export const archiveSize = (columns: number, slots: number): number =>
  counts + (columns + 1) * (1 + slots);

/** Makes an archive whose whole state is in the cells it is given. */
export function createArchive(
  cells: Float64Array,
  columns: readonly Consolidation[],
  { stepMs, slots }: { readonly stepMs: number; readonly slots: number },
): Archive {
  const all: readonly Consolidation[] = [...columns, 'max'];
  const rings = counts + all.length;
  const slotOf = (at: number) => Math.floor(at / stepMs);
  const cell = (index: number) => cells[index] ?? Number.NaN;
  const cellOf = (column: number, slot: number) => rings + column * slots + (slot % slots);

  function advance(steps: number): void {
    if (steps === 0) return;
    for (let step = 0; step < Math.min(steps, slots); step += 1) {
      const slot = (cell(position) + 1) % slots;
      cells[position] = slot;
      for (const column of all.keys()) cells[cellOf(column, slot)] = Number.NaN;
    }
    cells.fill(0, counts, rings);
  }

  /** The newest slot is always the one of `lastAt`: a clock that was put back moves both. Returns the time within the slot. */
  function moveTo(at: number): number {
    const last = cell(lastAt);
    const isPutBack = at <= last - stepMs;
    if (isPutBack) advance(2);
    else if (at > last) advance(slotOf(at) - slotOf(last));
    const reached = at <= last && !isPutBack ? last : at;
    cells[lastAt] = reached;
    return reached - slotOf(reached) * stepMs;
  }

  return {
    stepMs,
    record(at, values) {
      const within = moveTo(at);
      for (const [column, how] of all.entries()) {
        const value = column === columns.length ? within : (values[column] ?? Number.NaN);
        if (Number.isNaN(value)) continue;
        const [kept, count] = [cellOf(column, cell(position)), cell(counts + column)];
        cells[kept] = count === 0 ? value : join[how](cell(kept), value, count);
        cells[counts + column] = count + 1;
      }
    },
    read(now) {
      const last = cell(lastAt);
      if (Number.isNaN(last)) return { times: [], columns: columns.map(() => []) };
      // The present step counts only when it has a sample: it would be null for a part of each step.
      const missed = Math.max(0, Math.min(slotOf(now) - 1 - slotOf(last), slots));
      const valueAt = (column: number, index: number) =>
        index < slots - missed
          ? cell(cellOf(column, cell(position) + missed + 1 + index))
          : Number.NaN;
      const oldest = slotOf(last) + missed - slots + 1;
      return sinceFirstSample({ valueAt, oldest, slots, stepMs, columns: columns.length });
    },
  };
}

/** The rows of an archive from its first sample on; in the column after the last one is when each was taken. */
function sinceFirstSample({
  valueAt,
  oldest,
  slots,
  stepMs,
  columns,
}: {
  readonly valueAt: (column: number, index: number) => number;
  readonly oldest: number;
  readonly slots: number;
  readonly stepMs: number;
  readonly columns: number;
}): ReturnType<Archive['read']> {
  const within = (index: number) => valueAt(columns, index);
  const rows = Array.from({ length: slots }, (_, index) => index);
  const shown = rows.slice(rows.find((index) => !Number.isNaN(within(index))) ?? slots);
  return {
    times: shown.map((index) => (oldest + index) * stepMs + (within(index) || 0)),
    columns: Array.from({ length: columns }, (_, column) =>
      shown.map((index) => {
        const value = valueAt(column, index);
        return Number.isNaN(value) ? null : value;
      }),
    ),
  };
}
