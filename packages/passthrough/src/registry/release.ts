/** Compares two releases (`1.9.25`, `1.10.0`) by their numbers; metadata such as `-stable` is ignored. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  return (
    left
      .map((number, index) => number - (right[index] ?? 0))
      .find((difference) => difference !== 0) ?? 0
  );
}

/** Whether `release` is `limit` or later. */
export const isAtLeast = (release: string, limit: string): boolean =>
  compareVersions(release, limit) >= 0;

function numbersOf(release: string): readonly number[] {
  const [, ...numbers] = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(release) ?? [];
  return [0, 1, 2].map((index) => Number(numbers[index] ?? 0));
}
