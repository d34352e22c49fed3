import type { ForkVerdict } from '@wemixvisor/forks';

type Fork = ForkVerdict['forks'][number];

/** A hard fork as it is published; null where something is not known. */
export interface ForkReport {
  readonly name: string | null;
  /** When the rules change: a height, or a time in ISO 8601. One of both is null. */
  readonly height: number | null;
  readonly time: string | null;
  /** When a height will be reached, ISO 8601, by the interval between blocks that was measured. */
  readonly expected: {
    readonly at: string;
    readonly earliest: string;
    readonly latest: string;
  } | null;
  readonly state: Fork['state'];
  /** The node's program has it. */
  readonly known: boolean;
  readonly sources: Fork['sources'];
  readonly confidence: Fork['confidence'];
  /** Why, of a fork that the node does not have. */
  readonly reasons: readonly string[];
}

/** What `forks --json` prints: version 1 of its shape. */
export interface ForksReport {
  readonly schema: 1;
  /** False where the node is down: then its log, its program and the table tell. */
  readonly running: boolean;
  readonly program: string;
  readonly version: string | null;
  readonly forks: readonly ForkReport[];
  /** The next fork that the node has. */
  readonly next: ForkReport | null;
  /** The first fork that the network has or will have and the node does not. */
  readonly missing: ForkReport | null;
  readonly sources: ForkVerdict['sources'];
}

const iso = (seconds: number) => new Date(Math.min(seconds * 1000, 8.64e15)).toISOString();

/** The published form of one fork. */
export function forkReport(fork: Fork): ForkReport {
  const { name, unit, value, expected, state, isKnown, sources, confidence, reasons } = fork;
  return {
    name,
    height: unit === 'height' ? value : null,
    time: unit === 'time' ? iso(value) : null,
    expected: expected && {
      at: iso(expected.at),
      earliest: iso(expected.earliest),
      latest: iso(expected.latest),
    },
    state,
    known: isKnown,
    ...{ sources, confidence, reasons },
  };
}

/** Puts a verdict into its published shape. */
export function forksReport(
  { forks, next, missing, sources }: ForkVerdict,
  node: Pick<ForksReport, 'running' | 'program' | 'version'>,
): ForksReport {
  return {
    schema: 1,
    ...node,
    forks: forks.map(forkReport),
    next: next && forkReport(next),
    missing: missing && forkReport(missing),
    sources,
  };
}

/** When a fork comes or came, epoch milliseconds; null where no date is known. */
export function forkDate({ time, expected }: Pick<ForkReport, 'time' | 'expected'>): number | null {
  const date = time ?? expected?.at;
  return date === undefined ? null : Date.parse(date);
}

const dayMs = 86_400_000;

/** A moment in words, by UTC: `2025-12-03 21:49Z`. */
export const momentWords = (time: string): string => `${time.slice(0, 16).replace('T', ' ')}Z`;

/** When a fork is, in words: `at 2025-12-03 21:49Z, in 44 days`. */
function whenWords(fork: ForkReport, now: number): string {
  const { height, time, expected } = fork;
  const where = time === null ? `at block ${height}` : `at ${momentWords(time)}`;
  const date = expected === null ? '' : `, about ${momentWords(expected.at)}`;
  return `${where}${date}${daysWords(fork, now)}`;
}

function daysWords(fork: ForkReport, now: number): string {
  const at = forkDate(fork);
  if (at === null) return fork.state === 'passed' ? ', which has passed' : '';
  const days = Math.floor(Math.abs(at - now) / dayMs);
  const span = days === 0 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`;
  return at > now ? `, in ${span}` : `, ${span} ago`;
}

/** What a fork is called and when it is, in words: `Osaka, at 2025-12-03 21:49Z, in 44 days`. */
export function forkWords(fork: ForkReport, now: number): string {
  return `${fork.name ?? 'a hard fork of unknown name'}, ${whenWords(fork, now)}`;
}

/** That the node's program lacks a fork, who says so, and what to do. */
export function missingForkWords(fork: ForkReport, now: number): string {
  const why = fork.reasons.join('; ');
  return `the node lacks ${forkWords(fork, now)}: ${why}. What to do: ${remedyOf(fork)}`;
}

/** A new gwemix takes the forks of its release only at its second start (see docs/forks.md). */
function remedyOf({ sources, reasons }: ForkReport): string {
  const isInRelease =
    sources.includes('releases') && reasons.some((each) => each.startsWith('release '));
  return isInRelease ? 'restart it, or mend its genesis' : 'get a release that has it';
}
