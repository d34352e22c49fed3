import type { UpgradePlan } from './plan.ts';

/** What is seen of the node that the new program runs; null where it is not known. */
export interface WatchFacts {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Epoch milliseconds at which the present process was started; null where none runs. */
  readonly startedAt: number | null;
  /** Epoch milliseconds of the first look after the end of the watch that whoever looks has made; null before. */
  readonly overdueSince: number | null;
  /** How the node ended or fell silent since the switch, in a sentence; null where it did not. */
  readonly ended: string | null;
  readonly ready: boolean;
  /** It says that it repairs or converts its database. */
  readonly repairing: boolean;
  readonly chainId: number | null;
  readonly genesisHash: string | null;
  readonly head: number | null;
  readonly peers: number | null;
  /** What it wrote as errors since it was ready, without figures. */
  readonly errors: readonly string[];
}

/** One thing that the new program has to show. `unjudged`: it cannot be asked of it, and `says` tells why. */
export interface WatchCondition {
  readonly name: 'alive' | 'ready' | 'chain' | 'head' | 'peers' | 'errors';
  readonly state: 'met' | 'open' | 'wrong' | 'unjudged';
  readonly says: string;
}

/** What the watch has come to. */
export interface WatchVerdict {
  /** `good` and `bad` are final; the watch goes on while it is `open`. */
  readonly verdict: 'good' | 'open' | 'bad';
  /** Why it is bad, in words; null where it is not. */
  readonly reason: string | null;
  readonly conditions: readonly WatchCondition[];
  /** Epoch milliseconds at which the watch ends; null while no process runs. */
  readonly endsAt: number | null;
}

/** A node that repairs or converts its database gets that many times the length of the watch. */
const repairFactor = 10;
/**
 * Longest time, in milliseconds, for which what is missing is looked for again after the end of the watch: whoever looks may have been away, asleep
 * or killed, and has seen nothing of the node.
 */
const longestGraceMs = 60_000;

/**
 * Judges the new program by what is observed. What is wrong for good (an end, another chain) ends the watch at once; what is only missing has
 * until its end. Nothing is asked of the new program that the old one did not show.
 */
export function judgeWatch(
  { baseline, watchMs }: Pick<UpgradePlan, 'baseline' | 'watchMs'>,
  seen: WatchFacts,
): WatchVerdict {
  const conditions: readonly WatchCondition[] = [
    alive(seen),
    { name: 'ready', ...ready(seen) },
    { name: 'chain', ...chain(baseline, seen) },
    { name: 'head', ...head(baseline, watchMs, seen) },
    { name: 'peers', ...peers(baseline, seen) },
    { name: 'errors', ...errors(baseline, seen) },
  ];
  const endsAt = seen.startedAt === null ? null : seen.startedAt + watchMs;
  const wrong = conditions.filter(({ state }) => state === 'wrong');
  if (wrong.length > 0) return { verdict: 'bad', reason: reasonOf(wrong), conditions, endsAt };
  if (endsAt === null || seen.now < endsAt) {
    return { verdict: 'open', reason: null, conditions, endsAt };
  }
  const open = conditions.filter(({ state }) => state === 'open');
  if (open.length === 0) return { verdict: 'good', reason: null, conditions, endsAt };
  const longest = endsAt + (repairFactor - 1) * watchMs;
  if (seen.repairing && !seen.ready && seen.now < longest) {
    return { verdict: 'open', reason: null, conditions, endsAt: longest };
  }
  const judgedAt = (seen.overdueSince ?? seen.now) + Math.min(watchMs, longestGraceMs);
  return seen.now < judgedAt
    ? { verdict: 'open', reason: null, conditions, endsAt: judgedAt }
    : { verdict: 'bad', reason: reasonOf(open), conditions, endsAt };
}

const reasonOf = (conditions: readonly WatchCondition[]): string =>
  conditions.map(({ says }) => says).join('; ');

type Judged = Omit<WatchCondition, 'name'>;
type Known = UpgradePlan['baseline'];

function alive({ ended, startedAt }: WatchFacts): WatchCondition {
  const name = 'alive';
  if (ended !== null) return { name, state: 'wrong', says: ended };
  return startedAt === null
    ? { name, state: 'open', says: 'the node does not run' }
    : { name, state: 'met', says: 'the node runs' };
}

function ready({ ready: isReady, repairing }: WatchFacts): Judged {
  if (isReady) return { state: 'met', says: 'it is ready' };
  const says = repairing ? 'it still repairs its database' : 'it is not ready';
  return { state: 'open', says };
}

function chain(known: Known, { chainId, genesisHash }: WatchFacts): Judged {
  const pairs = [
    ['chain id', known?.chainId ?? null, chainId],
    ['genesis block', known?.genesisHash ?? null, genesisHash],
  ] as const;
  const asked = pairs.filter(([, before]) => before !== null);
  const other = asked.find(([, before, now]) => now !== null && now !== before);
  if (other !== undefined) {
    const [what, before, now] = other;
    return { state: 'wrong', says: `its ${what} is ${String(now)}, not ${String(before)}` };
  }
  if (asked.length === 0)
    return { state: 'unjudged', says: 'the chain of the old one was unknown' };
  const isTold = asked.every(([, , now]) => now !== null);
  return isTold
    ? { state: 'met', says: 'it is on the same chain' }
    : { state: 'open', says: 'it does not say its chain' };
}

/** Blocks that the old program's pace has to fit into the watch: else a standing head says nothing. */
const blocksInWatch = 3;

function head(known: Known, watchMs: number, { head: now }: WatchFacts): Judged {
  const { head: before = null, blockSeconds = null } = known ?? {};
  if (before === null || blockSeconds === null) {
    return { state: 'unjudged', says: 'the head of the old one was not seen to advance' };
  }
  if (blockSeconds * 1000 * blocksInWatch > watchMs) {
    const says = `blocks come every ${blockSeconds} s, too rarely for this watch`;
    return { state: 'unjudged', says };
  }
  if (now !== null && now > before) return { state: 'met', says: `its head is ${now}` };
  return { state: 'open', says: `its head is ${now ?? 'unknown'}, not past ${before}` };
}

function peers(known: Known, { peers: now }: WatchFacts): Judged {
  const before = known?.peers ?? null;
  if (before === null || before === 0) {
    return { state: 'unjudged', says: 'the old one had no peers, or did not say' };
  }
  return now !== null && now > 0
    ? { state: 'met', says: `it has ${now} ${now === 1 ? 'peer' : 'peers'}` }
    : { state: 'open', says: `it has no peers, the old one had ${before}` };
}

/** Errors that the old program wrote too are its own way, and no reason to go back. */
function errors(known: Known, { errors: written }: WatchFacts): Judged {
  const before = new Set(known?.errors);
  const [first, ...more] = written.filter((each) => !before.has(each));
  if (first === undefined) return { state: 'met', says: 'it writes no new errors' };
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return { state: 'open', says: `it writes errors that the old one did not: "${first}"${others}` };
}
