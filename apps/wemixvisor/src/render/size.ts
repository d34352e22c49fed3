/** A size for people, with at most one decimal, rounded down: `512 B`, `900 MiB`, `1.9 GiB`. */
export function renderSize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${Math.floor((bytes / 1024 ** power) * 10) / 10} ${units[power] ?? 'B'}`;
}
