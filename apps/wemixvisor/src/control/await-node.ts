import { setTimeout as sleep } from 'node:timers/promises';
import { SupervisorUnreachable } from './client.ts';
import type { StatusReport } from '../report/status-report.ts';

/** What came of waiting for a node to be ready. */
export type Arrival =
  | { readonly outcome: 'ready' | 'failed' | 'timed-out'; readonly status: StatusReport }
  | { readonly outcome: 'lost' };

/** How a node is waited for. */
export interface AwaitNodeOptions {
  readonly status: () => Promise<StatusReport>;
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** True while the status still tells of the process before the restart. */
  readonly isOld?: (status: StatusReport) => boolean;
  readonly onStatus?: (status: StatusReport) => void;
  readonly everyMs?: number;
  /** Ends the waiting with its reason. */
  readonly signal?: AbortSignal;
}

/** Waits until the node is ready or has failed, however its states change meanwhile. `lost`: the supervisor went. */
export async function awaitNode({
  status: ask,
  timeoutMs,
  isOld = () => false,
  onStatus = () => {},
  everyMs = 50,
  signal,
}: AwaitNodeOptions): Promise<Arrival> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let status: StatusReport;
    try {
      status = await ask();
    } catch (error) {
      if (error instanceof SupervisorUnreachable) return { outcome: 'lost' };
      throw error;
    }
    signal?.throwIfAborted();
    onStatus(status);
    const { state } = status;
    if (state === 'running' && !isOld(status)) return { outcome: 'ready', status };
    if (state === 'crashed' || state === 'error' || state === 'stopped') {
      return { outcome: 'failed', status };
    }
    if (performance.now() >= deadline) return { outcome: 'timed-out', status };
    await sleep(everyMs);
  }
}
