import type { createMonitor, HealthSnapshot, Monitor } from '@wemixvisor/health';
import { healthOf } from './health-of.ts';

type HealthPorts = NonNullable<Parameters<typeof createMonitor>[1]>;
type Change = Parameters<Parameters<Monitor['subscribe']>[0]>[0];

/** A health monitor whose findings a test says, and that notes what it was told. */
export interface FakeMonitor {
  readonly monitor: Monitor;
  /** `started`, `stopping`, `checking`, `repairing`, `live check`, `disposed`, in their order. */
  readonly calls: string[];
  /** The options that are in force. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Takes the place of `createMonitor`. */
  create(
    options: object,
    ports?: Pick<Partial<HealthPorts>, 'restartRefusal' | 'standstillReason' | 'leftBehind'>,
  ): Monitor;
  /** What the monitor hears when it asks whether a restart would be made. */
  refusal(): string | null;
  /** What the monitor hears when it asks why the network goes on without the node. */
  leftBehind(): ReturnType<NonNullable<HealthPorts['leftBehind']>>;
  /** What the monitor hears when it asks why the node stands still. */
  complaint(): Promise<string | null>;
  /** The health changes, and whoever has subscribed hears of it. */
  find(health: Partial<HealthSnapshot>): void;
  /** A check has ended with what was found last. */
  checked(): void;
  /** The node fell silent: a restart is wanted. */
  wantRestart(reason: string): void;
}

/** Makes a fake monitor that finds the node well. */
export function fakeMonitor(): FakeMonitor {
  const calls: string[] = [];
  const changed = new Set<(change: Change) => void>();
  const checked = new Set<(health: HealthSnapshot) => void>();
  const wanted = new Set<(reason: string) => void>();
  let options: Readonly<Record<string, unknown>> = {};
  let refusal: () => string | null = () => null;
  let leftBehind: FakeMonitor['leftBehind'] = () => ({ peers: null, head: null });
  let complaint = (): Promise<string | null> => Promise.resolve(null);
  let snapshot = healthOf();
  const noting = (call: string) => () => void calls.push(call);
  const monitor: Monitor = {
    get snapshot() {
      return snapshot;
    },
    start: noting('checking'),
    check(how) {
      if (how?.live === true) calls.push('live check');
      return Promise.resolve(snapshot);
    },
    nodeStarted: (at) => void calls.push(`started ${at}`),
    nodeAnswered: noting('answered'),
    strangerAnswers: (who) => {
      if (who !== null) noting('stranger')();
    },
    nodeRepairing: noting('repairing'),
    nodeStopping: noting('stopping'),
    update: (next) => void (options = { ...options, ...next }),
    subscribe(listener) {
      changed.add(listener);
      return () => changed.delete(listener);
    },
    changes: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
    onChecked(listener) {
      checked.add(listener);
      return () => checked.delete(listener);
    },
    onRestartWanted(listener) {
      wanted.add(listener);
      return () => wanted.delete(listener);
    },
    dispose: noting('disposed'),
  };
  return {
    monitor,
    calls,
    get options() {
      return options;
    },
    create(first, ports) {
      options = { ...first };
      refusal = ports?.restartRefusal ?? refusal;
      leftBehind = ports?.leftBehind ?? leftBehind;
      complaint = ports?.standstillReason ?? complaint;
      return monitor;
    },
    refusal: () => refusal(),
    leftBehind: () => leftBehind(),
    complaint: () => complaint(),
    find(health) {
      const before = snapshot;
      snapshot = healthOf(health);
      for (const listener of changed) listener({ before, after: snapshot });
    },
    checked: () => {
      for (const listener of checked) listener(snapshot);
    },
    wantRestart: (reason) => {
      for (const listener of wanted) listener(reason);
    },
  };
}
