const firstMs = 1_000;
const longestMs = 5 * 60_000;

/** Milliseconds to wait after so many attempts: doubles from 1 s to 5 min, with up to half of it added at random. */
export function backoff(attempts: number, random: number, wantedMs = 0): number {
  const doubled = Math.min(firstMs * 2 ** (attempts - 1), longestMs);
  return Math.max(doubled * (1 + random / 2), Math.min(wantedMs, longestMs));
}
