import { messageOf } from '../app-error.ts';
import type { Operations } from '../control/operations.ts';
import type { Metrics } from '../control/routes.ts';
import { serveProbes, type ControlServer } from '../control/server.ts';
import type { EventStream } from './events.ts';
import type { SettingsHolder } from './settings-holder.ts';

/** The probes over TCP, on the address that the settings name. */
export interface ProbeServer {
  /** Serves on the address of the settings, now and whenever it changes. */
  serve(operations: Operations, metrics: Metrics): void;
  /**
   * Resolves when the probes are where the latest settings want them, with null, or with one line on why they cannot be
   * served there. A port that is taken is no reason to leave the node alone: the probes then stay where they were.
   */
  moved(): Promise<string | null>;
  /** What {@link moved} last resolved to. */
  readonly problem: string | null;
  close(): Promise<void>;
}

/** Probes that listen nowhere yet. */
export function createProbeServer(settings: SettingsHolder, events: EventStream): ProbeServer {
  let address: string | null = null;
  let server: ControlServer | null = null;
  let problem: string | null = null;
  let moved: Promise<string | null> = Promise.resolve(null);

  async function move(to: string | null, ...served: [Operations, Metrics]): Promise<string | null> {
    problem = null;
    if (to === address) return null;
    try {
      const next = to === null ? null : await serveProbes(to, ...served);
      await server?.close();
      server = next;
      address = to;
      return null;
    } catch (error) {
      problem = messageOf(error);
      settings.correct({ metricsAddr: address });
      events.publish({ type: 'probes-refused', problem });
      return problem;
    }
  }

  return {
    serve(...served) {
      const follow = () => {
        moved = moved.then(() => move(settings.current.metricsAddr, ...served));
      };
      settings.subscribe(follow);
      follow();
    },
    moved: () => moved,
    get problem() {
      return problem;
    },
    async close() {
      await moved;
      await server?.close();
    },
  };
}
