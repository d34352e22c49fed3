import { parseOwnTime } from '../format/own-time.ts';
import { repairTime } from '../format/repair-time.ts';
import type { RecordParts } from './record-parts.ts';

/** Bytes of `03-04|09:15` and of `2026-03-04T09:15`: what a minute's lines have in common. */
const terminalMinute = 11;
const completeMinute = 16;

/** Reads the times of records, in milliseconds since 1970. Most records are of the same minute as the one before, so only their seconds are read. */
export type TimeReader = (bytes: Buffer, parts: RecordParts, near: Date) => number;

/** A reader, which remembers one minute of each format. `NaN` is a time that it cannot read. */
export function createTimeReader(): TimeReader {
  const terminal = createMinute(terminalMinute);
  const complete = createMinute(completeMinute);
  let nearMs = NaN;
  return (bytes, parts, near) => {
    const { timeFrom: from, timeTo: to } = parts;
    if (parts.format === 'terminal') {
      if (!terminal.isSame(bytes, from) || nearMs !== near.getTime()) {
        nearMs = near.getTime();
        terminal.keep(bytes, from, terminalTime(bytes, from, near));
      }
      return terminal.ms() + digits(bytes, from + 12, 2) * 1000 + digits(bytes, from + 15, 3);
    }
    const time = bytes.toString('latin1', from, to);
    // Only UTC is the same for all lines of a minute without looking at the zone.
    const found = /^[\d:T-]{17}(\d\d)(?:\.(\d{3})\d*)?Z$/.exec(time);
    if (found === null) return parseOwnTime(time)?.getTime() ?? NaN;
    if (!complete.isSame(bytes, from)) {
      const minute = parseOwnTime(`${time.slice(0, completeMinute)}:00Z`);
      complete.keep(bytes, from, minute?.getTime() ?? NaN);
    }
    const second = Number(found[1]);
    return second < 60 ? complete.ms() + second * 1000 + Number(found[2] ?? 0) : NaN;
  };
}

function terminalTime(bytes: Buffer, from: number, near: Date): number {
  const clock = [0, 3, 6, 9].map((at) => digits(bytes, from + at, 2));
  return repairTime([...clock, 0, 0], near)?.getTime() ?? NaN;
}

function digits(bytes: Buffer, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) value = value * 10 + (bytes[at] ?? 0) - 0x30;
  return value;
}

function createMinute(length: number) {
  const text = Buffer.alloc(length);
  let ms = NaN;
  return {
    ms: () => ms,
    isSame(bytes: Buffer, from: number): boolean {
      // The last digits differ first.
      for (let at = length - 1; at >= 0; at -= 1) if (bytes[from + at] !== text[at]) return false;
      return true;
    },
    keep(bytes: Buffer, from: number, minuteMs: number): void {
      bytes.copy(text, 0, from, from + length);
      ms = minuteMs;
    },
  };
}
