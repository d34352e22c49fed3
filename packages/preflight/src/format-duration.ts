const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
] as const;

/** A duration for people, in its two largest units: `1m 30s`, `2d`, `less than 1s`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return 'less than 1s';
  const first = units.findIndex(([size]) => ms >= size);
  let rest = ms;
  const parts = units.slice(first).map(([size, name]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { count, text: `${count}${name}` };
  });
  const [largest, next] = parts;
  return next === undefined || next.count === 0
    ? (largest?.text ?? '')
    : `${largest?.text} ${next.text}`;
}
