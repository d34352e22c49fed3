import { crc32 } from 'node:zlib';
import { archiveSize, createArchive } from './archive.ts';
import type { TimeSeries, TimeSeriesShape, TimeWindow } from './time-series.ts';

/** Bytes of the checksum at the end of a saved series. */
const checksumBytes = 4;

/**
 * Makes an empty time series. Its memory is fixed: 8 bytes for each column and slot.
 *
 * @throws RangeError for a step or a number of slots that is no whole number of at least 1, and for no columns or archives.
 * @example
 * const load = createTimeSeries({
 *   columns: { cpu: 'mean', memory: 'max' },
 *   archives: [{ stepMs: 5_000, slots: 180 }, { stepMs: 120_000, slots: 180 }],
 * });
 * load.record(Date.now(), { cpu: 12.5, memory: null });
 * load.window(5_000, Date.now()).values.cpu; // [12.5]
 */
export function createTimeSeries<C extends string>(shape: TimeSeriesShape<C>): TimeSeries<C> {
  checkShape(shape);
  const names = Object.keys(shape.columns) as C[];
  const hows = names.map((name) => shape.columns[name]);
  const sizes = shape.archives.map(({ slots }) => archiveSize(names.length, slots));
  const cells = new Float64Array(sizes.reduce((sum, size) => sum + size)).fill(Number.NaN);
  let begin = 0;
  const archives = shape.archives.map((archive, index) => {
    const own = cells.subarray(begin, (begin += sizes[index] ?? 0));
    // All is unknown but the position and the counts.
    own.fill(0, 1, 3 + names.length);
    return createArchive(own, hows, archive);
  });
  const header = headerOf(shape);

  return {
    record(at, sample) {
      if (!isTime(at)) return;
      const values = names.map((name) => {
        const value = sample[name] ?? Number.NaN;
        return Number.isFinite(value) ? value : Number.NaN;
      });
      for (const archive of archives) archive.record(at, values);
    },
    window(stepMs, now) {
      const archive = archives.find((each) => each.stepMs === stepMs);
      if (archive === undefined) throw new RangeError(`no archive has steps of ${stepMs} ms`);
      const { times, columns } = archive.read(now);
      const values = Object.fromEntries(names.map((name, at) => [name, columns[at] ?? []]));
      return { stepMs, times, values: values as object as TimeWindow<C>['values'] };
    },
    toBytes() {
      const content = Buffer.concat([header, new Uint8Array(cells.buffer)]);
      const checksum = Buffer.alloc(checksumBytes);
      checksum.writeUInt32LE(crc32(content));
      return Buffer.concat([content, checksum]);
    },
    restore(bytes) {
      const saved = Buffer.from(bytes);
      if (!saved.subarray(0, header.length).equals(header)) {
        return 'it is no time series of these columns and steps';
      }
      const content = saved.subarray(0, -checksumBytes);
      const isWhole = content.length === header.length + cells.byteLength;
      if (!isWhole || crc32(content) !== saved.readUInt32LE(content.length)) return 'it is damaged';
      cells.set(new Float64Array(new Uint8Array(content.subarray(header.length)).buffer));
      return null;
    },
  };
}

/** A moment that a Date can hold. */
const isTime = (at: number): boolean => Math.abs(at) <= 8.64e15;

/** One line of JSON, so that anybody can see what the file is; the cells follow as they are in memory. */
function headerOf(shape: TimeSeriesShape<string>): Buffer {
  const [first] = new Uint8Array(new Uint16Array([1]).buffer);
  const byteOrder = first === 1 ? 'little' : 'big';
  const { columns, archives } = shape;
  return Buffer.from(
    `${JSON.stringify({ format: 'time-series', version: 1, byteOrder, columns, archives })}\n`,
  );
}

function checkShape({ columns, archives }: TimeSeriesShape<string>): void {
  const isCount = (value: number) => Number.isSafeInteger(value) && value >= 1;
  if (Object.keys(columns).length === 0 || archives.length === 0) {
    throw new RangeError('a time series needs a column and an archive');
  }
  for (const { stepMs, slots } of archives) {
    if (isCount(stepMs) && isCount(slots)) continue;
    throw new RangeError(`${slots} slots of ${stepMs} ms are no archive`);
  }
}
