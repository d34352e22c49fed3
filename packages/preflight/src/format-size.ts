/** A size for people, with at most one decimal, rounded down: `900 MiB`, `1.9 GiB`. */
export function formatSize(bytes: number): string {
  const [unit, name] = bytes < 1024 ** 3 ? [1024 ** 2, 'MiB'] : [1024 ** 3, 'GiB'];
  return `${Math.floor((bytes / unit) * 10) / 10} ${name}`;
}
