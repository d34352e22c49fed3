import type { MeasureKind } from '../where/measure.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-03-04 09:15:02`, local time; `-` for a time that is not known. */
export function dateAndClock(timeMs: number): string {
  return Number.isNaN(timeMs) ? '-' : `${day(timeMs)} ${clock(timeMs)}`;
}

/** `03-04 09:15:02`, local time; `-` for a time that is not known. */
export function monthAndClock(timeMs: number): string {
  return Number.isNaN(timeMs) ? '-' : dateAndClock(timeMs).slice(5);
}

/** `2026-03-04`, local time. */
export function day(timeMs: number): string {
  const time = new Date(timeMs);
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** `09:15:02`, local time. */
export function clock(timeMs: number): string {
  const time = new Date(timeMs);
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
}

/** A count with thousands separators. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

/** The length of a time in its two largest units: `1m4s`, `214.9ms`. */
export function spanText(ms: number): string {
  if (ms < 0) return `-${spanText(-ms)}`;
  if (ms > 0 && ms < 1) return `${Number((ms * 1000).toPrecision(4))}µs`;
  if (ms < 1000) return `${Number(ms.toPrecision(4))}ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toPrecision(4))}s`;
  const total = Math.round(ms / 1000);
  const parts: readonly (readonly [string, number])[] = [
    ['d', Math.floor(total / 86_400)],
    ['h', Math.floor(total / 3600) % 24],
    ['m', Math.floor(total / 60) % 60],
    ['s', total % 60],
  ];
  const first = parts.findIndex(([, count]) => count > 0);
  const shown = parts.slice(first, first + 2).filter(([, count]) => count > 0);
  return shown.map(([unit, count]) => `${count}${unit}`).join('');
}

/** A size as geth writes it: `3.61GiB`. */
function sizeText(bytes: number): string {
  const power = Math.min(4, Math.max(0, Math.floor(Math.log2(Math.abs(bytes) || 1) / 10)));
  const unit = ['B', 'KiB', 'MiB', 'GiB', 'TiB'][power] ?? 'B';
  return `${Number((bytes / 1024 ** power).toFixed(2))}${unit}`;
}

/** A value of a key, in the units that its lines have. */
export function measureText(value: number, kind: MeasureKind): string {
  if (kind === 'duration') return spanText(value);
  if (kind === 'size') return sizeText(value);
  const digits = Math.abs(value) >= 1000 ? 0 : 3;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
