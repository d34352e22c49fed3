import type { WeighedFork } from './verdict.ts';

const dayMs = 86_400_000;

/**
 * A fork in words. Of one that the node has: `Osaka, at 2025-12-03 21:49Z, in 44 days`. Of one that it lacks: that it does, who says so,
 * and what to do. `now` is in epoch milliseconds.
 */
export function describeFork(fork: WeighedFork, now: number): string {
  const { name, known, reasons } = fork;
  const what = `${name ?? 'a hard fork of unknown name'}, ${whenWords(fork, now)}`;
  if (known) return what;
  return `the node lacks ${what}: ${reasons.join('; ')}. What to do: ${remedyOf(fork)}`;
}

/** A moment by UTC: `2025-12-03 21:49Z`. */
const momentWords = (at: string): string => `${at.slice(0, 16).replace('T', ' ')}Z`;

function whenWords({ height, at, state }: WeighedFork, now: number): string {
  if (at === null) return `at block ${height}${state === 'passed' ? ', which has passed' : ''}`;
  const days = Math.floor(Math.abs(Date.parse(at) - now) / dayMs);
  const span = days === 0 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`;
  const relative = Date.parse(at) > now ? `in ${span}` : `${span} ago`;
  const where =
    height === null ? `at ${momentWords(at)}` : `at block ${height}, about ${momentWords(at)}`;
  return `${where}, ${relative}`;
}

/** Why a go-wemix lacks the fork that its own release names. */
export const endOfGoWemix = 'go-wemix makes no blocks from there on';

/** A gwemix that made its data directory takes the forks of its release only at its next start. */
function remedyOf({ reasons }: WeighedFork): string {
  if (reasons.includes(endOfGoWemix)) return 'have gwemix 1.0 (go-wbft) carry the chain on';
  const isInRelease = reasons.some((reason) => reason.startsWith('release '));
  return isInRelease ? 'restart it, or mend its genesis' : 'get a release that has it';
}
