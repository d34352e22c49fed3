import type { createMonitor } from '@wemixvisor/health';
import type { supervise } from '@wemixvisor/process';

import type { StatusFacts } from '../report/status-report.ts';
import type { writeSamples } from '../state/samples-file.ts';
import type { lookAtForks } from './look-at-forks.ts';
import type { StartWatchPorts } from './start-watch.ts';
import type { strangerAt } from './stranger-at.ts';

/** The effects of a supervisor, replaceable in tests. */
export interface SupervisorPorts {
  /** Processes, signals and their clock. @default the real ones */
  readonly process: NonNullable<Parameters<typeof supervise>[1]>;
  /** How readiness and health are checked. @default JSON-RPC to the node */
  readonly health: Partial<
    StartWatchPorts & {
      readonly createMonitor: typeof createMonitor;
      readonly strangerAt: typeof strangerAt;
      /** Epoch milliseconds. */
      readonly now: () => number;
    }
  >;
  /** When forks are looked at, and how. @default the real clock, the node and its log */
  readonly forks: Partial<ForkWatchPorts>;
  /** How samples are taken and kept. @default the real clock, processes and files */
  readonly sampler: Partial<SamplerPorts>;
}

/** The effects of a fork watch. */
export interface ForkWatchPorts {
  readonly clock: SamplerPorts['clock'];
  readonly look: typeof lookAtForks;
}

/** The effects of a sampler. */
export interface SamplerPorts {
  readonly clock: {
    /** Epoch milliseconds. */
    now(): number;
    /** The returned function cancels the timer. */
    setTimer(callback: () => void, delayMs: number): () => void;
  };
  readonly meter: (pid: number, startedAt: number, now: number) => StatusFacts['usage'];
  readonly write: typeof writeSamples;
}
