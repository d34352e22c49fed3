/** A moment by the clock of this place, as in `2026-11-28 14:03:10`. */
export function localTime(at: number): string {
  const time = new Date(at);
  const two = (part: number) => `${part}`.padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`;
}
