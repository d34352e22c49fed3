import prettyMilliseconds from 'pretty-ms';

/** A span of time in its two largest units, as in `3d 4h`. */
export function span(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return '?';
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return seconds === 0 ? '0s' : prettyMilliseconds(seconds * 1000, { unitCount: 2 });
}

/** The same in its largest unit: what is a forecast has no minutes. */
export function roughSpan(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  if (days >= 730) return 'years';
  if (days >= 2) return `${days} days`;
  return prettyMilliseconds(Math.max(60, Math.floor(seconds / 60) * 60) * 1000, { unitCount: 1 });
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** A number of bytes in a suitable unit, as in `1.5 GiB`. */
export function bytes(count: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  const value = count / 1024 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power] ?? 'B'}`;
}

/** A whole number with its thousands apart. */
export function grouped(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** A percentage, or another figure that may be small. */
export function short(value: number): string {
  return value >= 10 || value === 0 ? `${Math.round(value)}` : value.toFixed(1);
}

const two = (value: number) => `${value}`.padStart(2, '0');

/** The time of the day, by this machine's zone. */
export function clock(time: Date): string {
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
}

/** The time of the day, or for what is of another day the date, both of eight columns. */
export function when(time: Date | null, now: number): string {
  if (time === null || Number.isNaN(time.getTime())) return '-'.padEnd(8);
  const isToday = time.toDateString() === new Date(now).toDateString();
  const [month, day] = [two(time.getMonth() + 1), two(time.getDate())];
  return isToday ? clock(time) : `${month}-${day}`.padEnd(8);
}
