import type { AlertOptions } from './alert-options.ts';
import type { AlertHearers } from './alert-setup.ts';
import type { Attempt } from './channels/attempt.ts';
import type { ResolvedPorts } from './ports.ts';

/** Lets somebody outside know, in each interval, that this process lives: silence tells that the host is gone. */
export interface Heartbeat {
  /** Goes on with these options; the first one to another address is sent at once. */
  update(options: Required<AlertOptions>): void;
  /** Sends no more. */
  end(): void;
}

/** Begins to send heartbeats where the options have an address for them. One that fails is logged once, and so is the next that arrives. */
export function createHeartbeat(
  options: Required<AlertOptions>,
  { log, onEvent }: AlertHearers,
  { clock, sendHeartbeat }: Pick<ResolvedPorts, 'clock' | 'sendHeartbeat'>,
): Heartbeat {
  let present: Pick<AlertOptions, 'heartbeatUrl' | 'heartbeatIntervalMs'> = {};
  let end = (): void => {};

  function begin(url: URL, intervalMs: number): () => void {
    const abort = new AbortController();
    let cancelTimer = (): void => {};
    let isUnderWay = false;
    let isMissing = false;

    function tell(attempt: Attempt): void {
      if (abort.signal.aborted) return;
      const facts = { event: 'heartbeat' };
      const outcome = attempt.delivered ? 'delivered' : 'failed';
      onEvent({ type: 'alert-delivery', channel: 'heartbeat', outcome });
      if (!attempt.delivered && !isMissing) {
        log.warn(facts, `the heartbeat does not arrive at ${url.origin}: ${attempt.why}`);
      }
      if (attempt.delivered && isMissing) log.info(facts, 'the heartbeat arrives again');
      isMissing = !attempt.delivered;
    }

    function beat(): void {
      cancelTimer = clock.setTimer(beat, intervalMs);
      if (isUnderWay) return;
      isUnderWay = true;
      void sendHeartbeat({ url, signal: abort.signal }).then((attempt) => {
        isUnderWay = false;
        tell(attempt);
      });
    }

    beat();
    return () => {
      abort.abort();
      cancelTimer();
    };
  }

  function update({ heartbeatUrl, heartbeatIntervalMs }: Required<AlertOptions>): void {
    const isSame =
      heartbeatUrl === present.heartbeatUrl && heartbeatIntervalMs === present.heartbeatIntervalMs;
    if (isSame) return;
    end();
    present = { heartbeatUrl, heartbeatIntervalMs };
    end = heartbeatUrl === null ? () => {} : begin(new URL(heartbeatUrl), heartbeatIntervalMs);
  }
  update(options);
  return { update, end: () => end() };
}
