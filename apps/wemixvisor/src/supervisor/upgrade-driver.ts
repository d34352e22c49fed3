import { isOver, nextMove } from '@wemixvisor/upgrade';
import { messageOf } from '../app-error.ts';
import type { UpgradeCondition } from '../report/upgrade-report.ts';
import type { Upgrade } from '../state/upgrade-history.ts';
import type { AdoptedNode } from './adopt-node.ts';
import type { MemberStop } from './member-stop.ts';
import type { NodeMonitor } from './node-monitor.ts';
import type { SupervisorEvent } from './events.ts';
import { createUpgradeObserver, type UpgradeObserver } from './observe-upgrade.ts';
import type { Preparation } from './prepare-upgrade.ts';
import { createUpgradeRecord, type UpgradeRecord } from './upgrade-record.ts';
import { createUpgradeSteps, type UpgradeSteps } from './upgrade-steps.ts';

/** Goes on with the upgrade that the lifecycle record has, whoever planned it. */
export interface UpgradeDriver {
  readonly record: UpgradeRecord;
  /** What the new program has shown so far, when its watch ends, and how far a copy is. */
  readonly view: UpgradeView;
  /** Looks what is to be done next; resolves when that was looked at. */
  consider(): Promise<void>;
  /** Leaves the upgrade to the next supervisor. */
  dispose(): void;
}

/** What is known of an upgrade beside its plan. */
interface UpgradeView {
  readonly conditions: readonly UpgradeCondition[];
  readonly watchEndsAt: number | null;
  readonly copied: Parameters<Preparation['onProgress']>[0] | null;
}

const nothing: UpgradeView = { conditions: [], watchEndsAt: null, copied: null };
/** Milliseconds between two looks at the head when the height of a switch is near. */
const nearHeightMs = 1_000;
/** Milliseconds until what failed is tried again. */
const retryMs = 10_000;
/** The longest delay that a timer takes. */
const longestTimerMs = 2 ** 31 - 1;

/** What a driver looks at, and asks before the node is stopped. */
interface DrivenParts {
  readonly nodeMonitor: Pick<NodeMonitor, 'health' | 'check' | 'description'>;
  readonly memberStop: MemberStop;
}

/** Makes a driver; it looks at each change of the lifecycle and at each check of the node, one look at a time. */
export function createUpgradeDriver(node: AdoptedNode, parts: DrivenParts): UpgradeDriver {
  const { nodeMonitor, memberStop } = parts;
  const { events } = node;
  const ending = new AbortController();
  const record = createUpgradeRecord(node);
  const observer = createUpgradeObserver(node, nodeMonitor);
  const onCopied: Preparation['onProgress'] = (copied) => (view = { ...nothing, copied });
  const { signal } = ending;
  const steps = createUpgradeSteps({ node, record, observer, memberStop, onCopied, signal });
  let view = nothing;
  let timer: NodeJS.Timeout | undefined;

  async function act(upgrade: Upgrade): Promise<void> {
    const seen = await observer.observe(upgrade.plan);
    if (record.isOther(upgrade) || ending.signal.aborted) return;
    const move = nextMove(upgrade.plan, seen);
    if (move.do !== 'wait') {
      view = nothing;
      return make(move, upgrade, { record, steps });
    }
    view = { ...nothing, conditions: move.conditions, watchEndsAt: move.until };
    if (move.isNear) lookIn(nearHeightMs, () => nodeMonitor.check({ live: true }));
    else if (move.until !== null) lookIn(move.until - Date.now());
  }

  function lookIn(ms: number, before = () => Promise.resolve<unknown>(null)): void {
    clearTimeout(timer);
    const look = () => void before().then(consider);
    timer = setTimeout(look, Math.min(Math.max(0, ms), longestTimerMs));
  }

  const consider = oneAtATime(async () => {
    const upgrade = record.present;
    if (upgrade === null || ending.signal.aborted) return;
    clearTimeout(timer);
    if (isOver(upgrade.plan)) {
      record.remember(upgrade);
      return;
    }
    await act(upgrade).catch((error: unknown) => {
      const text = `the upgrade could not go on, and tries again: ${messageOf(error)}`;
      events.publish({ type: 'notice', text });
      lookIn(retryMs);
    });
  });

  events.subscribe((event) => {
    if (isWorthALook(event, { record, observer })) void consider();
  });
  return {
    record,
    get view() {
      return view;
    },
    consider,
    dispose() {
      ending.abort();
      clearTimeout(timer);
    },
  };
}

/** Notes what an event tells of the node; true where something may be due now. */
function isWorthALook(
  event: SupervisorEvent,
  { record, observer }: { readonly record: UpgradeRecord; readonly observer: UpgradeObserver },
): boolean {
  // Of the new program nothing counts as how the old one was.
  const isWatched = record.present?.plan.step === 'watching';
  if (event.type === 'checked' && !isWatched) observer.noteHealth(event.health);
  const isSilence = event.type === 'health-restart' && event.outcome === 'accepted';
  if (isSilence) observer.noteSilence(event.reason);
  return isSilence || ['lifecycle', 'checked', 'upgrade'].includes(event.type);
}

/** Makes a move of an upgrade. */
async function make(
  move: Exclude<ReturnType<typeof nextMove>, { readonly do: 'wait' }>,
  upgrade: Upgrade,
  { record, steps }: { readonly record: UpgradeRecord; readonly steps: UpgradeSteps },
): Promise<void> {
  switch (move.do) {
    case 'stop':
      if (upgrade.plan.step === 'waiting') await steps.startSwitch(upgrade);
      else record.move(upgrade, {}, 'begin');
      return;
    case 'prepare':
      await steps.prepare(upgrade);
      return;
    case 'keep':
      steps.keep(upgrade);
      return;
    case 'return':
      await steps.goBack(upgrade, move.reason);
      return;
    case 'start-old':
      await steps.startOld(upgrade);
      return;
    case 'fail':
      record.move(upgrade, { step: 'failed', reason: move.reason });
  }
}

/** Calls a function once more after the call under way, however often it is asked for meanwhile. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const run = (): Promise<void> => {
    next = null;
    underWay = work().finally(() => (underWay = null));
    return underWay;
  };
  return () => {
    if (underWay === null) return run();
    next ??= underWay.then(run);
    return next;
  };
}
