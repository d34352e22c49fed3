import type { ForkVerdict } from '@wemixvisor/forks';
import { describeFork } from '@wemixvisor/forks/describe';
import { forkDate, forkKey, type ForkReport } from '../report/forks-report.ts';
import type { AdoptedNode } from './adopt-node.ts';
import type { LookedAtNode } from './look-at-forks.ts';
import type { ForkWatchPorts } from './ports.ts';

/** Looks now and then whether the network has or will have a hard fork that the node does not have. It never acts. */
export interface ForkWatch {
  /** The first such fork; null where there is none, undefined before that is known. */
  readonly missing: ForkReport | null | undefined;
  /** Why peers leave the node, and why its head stands still, in words; null where that is not for a fork, as far as is known. */
  leftBehind(): { readonly peers: string | null; readonly head: string | null };
  close(): void;
}

const minuteMs = 60_000;
/** After a start: at once, again when the node has peers, and from then on every hour. */
const pauses = [0, 10 * minuteMs] as const;
const hourMs = 60 * minuteMs;

/** Starts to look: after each start of the node, and every hour while it runs. */
export function startForkWatch(
  node: AdoptedNode,
  { clock = systemClock, look = lookReally }: Partial<ForkWatchPorts> = {},
): ForkWatch {
  const { supervision, events } = node;
  let missing: ForkWatch['missing'];
  let refused = 0;
  let generation = -1;
  let cancel = (): void => {};
  let isOpen = true;

  async function next(looks: number): Promise<void> {
    const of = supervision.snapshot.generation;
    const looked = lookedAt(node);
    const raised = missing ?? null;
    const found = looked && (await look({ ...looked, raised }).catch(() => null));
    if (!isOpen || generation !== of) return;
    if (found !== null) take(found, looks);
    cancel = clock.setTimer(() => void next(looks + 1), pauses[looks + 1] ?? hourMs);
  }

  function take(verdict: ForkVerdict, looks: number): void {
    ({ refused } = verdict);
    const before = missing ?? null;
    if (verdict.missing === null && !isOver(verdict, before, looks)) return;
    missing = verdict.missing;
    events.publish({ type: 'forks', before, after: missing });
  }

  function follow(): void {
    const { state, generation: present } = supervision.snapshot;
    if (state !== 'running') {
      cancel();
      generation = -1;
    } else if (generation !== present && isOpen) {
      generation = present;
      void next(0);
    }
  }

  events.subscribe((event) => {
    if (event.type === 'lifecycle') follow();
  });
  follow();
  return {
    get missing() {
      return missing;
    },
    leftBehind: () => leftBehindWords(missing ?? null, refused, clock.now()),
    close() {
      isOpen = false;
      cancel();
    },
  };
}

/** Whether a verdict without a missing fork takes the last one back: the node has it now, or who told of it was heard and no longer does. */
function isOver(
  { forks, sources }: ForkVerdict,
  raised: ForkReport | null,
  looks: number,
): boolean {
  // At first there are no peers, and they are not asked again for ten minutes.
  if (raised === null) return looks > 0;
  const isHeard = sources.some(({ source, heard }) => heard && raised.sources.includes(source));
  const hasIt = forks.some((fork) => fork.known && forkKey(fork) === forkKey(raised));
  return hasIt || (looks > 0 && isHeard);
}

function leftBehindWords(missing: ForkReport | null, refused: number, now: number) {
  const isPast =
    missing !== null && (missing.state === 'passed' || (forkDate(missing) ?? now + 1) <= now);
  const head = isPast ? describeFork(missing, now) : null;
  const handshakes =
    refused === 0
      ? null
      : `handshakes refused for the fork id in the last hour: ${refused} (the peer was on a fork that the node lacks, or on another chain)`;
  const both = [head, handshakes].filter((each) => each !== null).join('; ');
  return { peers: both === '' ? null : both, head };
}

/** What is looked at now; null where nothing is known of the command. */
export function lookedAt({
  options: { paths },
  supervision,
  settings: { current: settings },
  describer,
}: Pick<AdoptedNode, 'options' | 'supervision' | 'settings' | 'describer'>): LookedAtNode | null {
  const { command, pid } = supervision.snapshot;
  const description = describer.of(command);
  return description && { paths, description, pid, settings };
}

/** What it needs is loaded with the first look, after the node has started. */
const lookReally: ForkWatchPorts['look'] = async (node) =>
  (await import('./look-at-forks.ts')).lookAtForks(node);

/** Nobody waits for the next look. */
const systemClock: ForkWatchPorts['clock'] = {
  now: () => Date.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs).unref();
    return () => clearTimeout(timer);
  },
};
