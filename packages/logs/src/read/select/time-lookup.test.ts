import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { filesOf } from '../../layout.ts';
import type { LogPart, OpenLog } from '../open/open-log.ts';
import { createTimeLookup } from './time-lookup.ts';

const begin = Date.parse('2026-03-04T00:00:00Z');
const at = (second: number): Date => new Date(begin + second * 1000);
const lineBytes = 128;
/** A line that states its second. */
const timed = (second: number): string =>
  `${`t=${at(second).toISOString()} lvl=info msg=x `.padEnd(lineBytes - 1, '-')}\n`;
const plain = `${'no time here '.padEnd(lineBytes - 1, '-')}\n`;
const kibibyte = 1024;

/** A log in memory without an index. Each part was rotated a day after the log began. */
function logOf(...texts: readonly string[]) {
  const all = Buffer.from(texts.join(''));
  let reads = 0;
  let base = 0;
  const parts = texts.map((text, index): LogPart => {
    const isLive = index === texts.length - 1;
    const size = Buffer.byteLength(text);
    const source = { size, read: () => 0, close: () => undefined };
    const part = {
      stem: isLive ? null : `node-${index}`,
      after: null,
      base,
      source,
      near: at(86_400),
    };
    base += size;
    return part;
  });
  const log: OpenLog = {
    parse: undefined,
    parts,
    files: filesOf('/no/such/folder', 'node'),
    size: all.length,
    read: (target, position) => {
      reads += 1;
      return all.copy(target, 0, position, position + target.length);
    },
    close: () => undefined,
  };
  return { lookup: createTimeLookup(log), all, reads: () => reads };
}

const seconds = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => timed(from + index)).join('');

describe('a time lookup', () => {
  // 2 MiB.
  const count = 16_384;
  const { lookup, all, reads } = logOf(seconds(0, count));
  const second = fc.integer({ min: -5, max: count + 5 });
  const placeOf = (wanted: number): number => Math.min(Math.max(0, wanted), count) * lineBytes;

  it('finds a place before all that is not earlier, no more than 256 KiB and 2 s off', () => {
    fc.assert(
      fc.property(second, (wanted) => {
        const place = lookup.since(at(wanted));
        expect(place % lineBytes).toBe(0);
        expect(place).toBeLessThanOrEqual(placeOf(wanted));
        expect(placeOf(wanted) - place).toBeLessThanOrEqual(256 * kibibyte + 3 * lineBytes);
      }),
    );
  });

  it('finds a place after all that is not later, no more than 256 KiB and 2 s off', () => {
    fc.assert(
      fc.property(second, (wanted) => {
        const place = lookup.until(at(wanted));
        expect(place % lineBytes).toBe(0);
        const end = placeOf(wanted + 1);
        expect(place).toBeGreaterThanOrEqual(end);
        expect(place - end).toBeLessThanOrEqual(256 * kibibyte + 3 * lineBytes);
      }),
    );
  });

  it('reads a few places only', () => {
    const before = reads();
    lookup.since(at(10_000));
    lookup.until(at(10_000));
    expect(reads() - before).toBeLessThanOrEqual(10);
  });

  it('reads through a stretch without times rather than halve it', () => {
    const { lookup: blind } = logOf(seconds(0, 10) + plain.repeat(8192) + seconds(20, 30));
    expect(blind.since(at(25))).toBe(0);
    expect(blind.until(at(5))).toBe((10 + 8192 + 10) * lineBytes);
  });

  it('skips lines without a time, and those of its own 2 s of disorder', () => {
    const mixed = logOf(Array.from({ length: count }, (_, index) => plain + timed(index)).join(''));
    const place = mixed.lookup.since(at(10_000));
    expect(place).toBeLessThanOrEqual(2 * 9998 * lineBytes);
    expect(place).toBeGreaterThan(2 * 9998 * lineBytes - 257 * kibibyte);
  });

  it('finds the part, and the end of a log that is all earlier or later', () => {
    const parts = logOf(seconds(0, 100), seconds(100, 200), seconds(200, 300));
    const start = (part: number): number => part * 100 * lineBytes;
    expect(parts.lookup.since(at(150))).toBe(0);
    expect(parts.lookup.until(at(150))).toBe(start(2));
    expect(parts.lookup.until(at(50))).toBe(start(1));
    expect(parts.lookup.until(at(-3))).toBe(0);
    expect(parts.lookup.until(at(-2))).toBe(start(1));
    expect(parts.lookup.until(at(1000))).toBe(start(3));
    // Rotated before: nothing in them can be as late.
    expect(parts.lookup.since(at(86_403))).toBe(start(2));
  });

  it('knows no time of a capture without an index', () => {
    expect(lookup.capturedAt(0)).toBeNull();
    expect(lookup.capturedAt(all.length)).toBeNull();
  });
});
