import { createRecordReader } from '../fields/record-reader.ts';
import { levels } from '../format/level.ts';
import { candidateOf } from '../read/record/log-record.ts';
import { columnsOf, rowNames, type Gap, type LogMap } from './map-columns.ts';
import { mapText } from './map-picture.ts';
import { worthALook } from './worth-a-look.ts';
import type { LogSummary } from './log-summary.ts';
import { createTimeGrid } from './time-grid.ts';

/** The longest gaps are remembered. */
const mostGaps = 16;

/** Levels and rate over time as a picture, and the times that are worth a look. */
export function createMap(starts: readonly Date[], command: string): LogSummary {
  const reader = createRecordReader();
  const grid = createTimeGrid(rowNames.length);
  let count = 0;
  let previousMs = NaN;
  let [firstMs, lastMs] = [Infinity, -Infinity];
  let gaps: Gap[] = [];
  const map = (): LogMap => ({
    grid,
    count,
    firstMs,
    lastMs,
    gaps: gaps.toSorted((a, b) => a.fromMs - b.fromMs),
    startsMs: starts.map((start) => start.getTime()).filter((ms) => ms >= firstMs && ms <= lastMs),
  });
  return {
    add(_source, record) {
      reader.open(candidateOf(record));
      const timeMs = reader.timeMs();
      if (Number.isNaN(timeMs)) return;
      const level = reader.level();
      grid.add(timeMs, level === null ? levels.length : levels.indexOf(level));
      count += 1;
      firstMs = Math.min(firstMs, timeMs);
      lastMs = Math.max(lastMs, timeMs);
      if (timeMs - previousMs > shortest(gaps)) {
        gaps.push({ fromMs: previousMs, toMs: timeMs });
        if (gaps.length > mostGaps) gaps = gaps.toSorted(byLength).slice(0, mostGaps);
      }
      previousMs = timeMs;
    },
    text: (view) => mapText(map(), view, command),
    json: () => mapJson(map()),
  };
}

const byLength = (a: Gap, b: Gap) => b.toMs - b.fromMs - (a.toMs - a.fromMs);

/** What a gap must be longer than to be remembered. */
function shortest(gaps: readonly Gap[]): number {
  if (gaps.length < mostGaps) return 1000;
  return Math.min(...gaps.map(({ fromMs, toMs }) => toMs - fromMs));
}

function mapJson(map: LogMap): unknown {
  const columns = columnsOf(map, 1000);
  return {
    schema: 1,
    lines: map.count,
    column_ms: columns.widthMs,
    columns: columns.counts.map((counts, at) => ({
      from: new Date(columns.startMs + at * columns.widthMs).toISOString(),
      ...Object.fromEntries(rowNames.map((name, row) => [name, counts[row] ?? 0])),
    })),
    starts: map.startsMs.map((ms) => new Date(ms).toISOString()),
    worth_a_look: worthALook(map, columns).map(({ fromMs, toMs, why }) => ({
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      why,
    })),
  };
}
