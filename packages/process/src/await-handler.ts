import type { ProcessIdentity } from './platform/platform.ts';
import type { ProcessPorts } from './ports.ts';
import { isSameProcess } from './process-identity.ts';

/** Milliseconds between two looks. */
const pollMs = 50;
/** Milliseconds from the moment at which a process began to ask for signals until it has asked for SIGTERM, on a busy machine too. */
const settleMs = 200;

/** What a wait for a handler is told. */
export interface HandlerWait {
  /** Longest wait in milliseconds. */
  readonly waitMs: number;
  /** Called once, before the first wait; not at all where there is none. */
  readonly onWait?: () => void;
  /** Called once: the process can take a SIGTERM, is gone, or was waited for long enough. */
  readonly onOver: () => void;
}

/**
 * Waits until a process can take a SIGTERM without ending in the middle of its start; at once, within this call, for one that can. The returned
 * function cancels it.
 */
export function awaitHandler(
  process: ProcessIdentity,
  { waitMs, onWait, onOver }: HandlerWait,
  { clock, platform }: Pick<ProcessPorts, 'clock' | 'platform'>,
): () => void {
  const until = clock.monotonic() + waitMs;
  let cancel = (): void => undefined;
  const mustWait = (): boolean =>
    clock.monotonic() < until &&
    platform.awaitsHandler(process.pid) &&
    isSameProcess(process, platform);
  const look = (): void => {
    if (mustWait()) cancel = clock.setTimer(look, pollMs);
    else cancel = clock.setTimer(onOver, settleMs);
  };
  if (mustWait()) {
    cancel = clock.setTimer(look, pollMs);
    onWait?.();
  } else onOver();
  return () => cancel();
}
