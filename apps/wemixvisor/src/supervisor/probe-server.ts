import { messageOf } from '../app-error.ts';
import type { Operations } from '../control/operations.ts';
import { serveProbes, type ControlServer } from '../control/server.ts';
import type { EventStream } from './events.ts';
import type { SettingsHolder } from './settings-holder.ts';

/** The probes over TCP, on the address that the settings name. */
export interface ProbeServer {
  /**
   * Serves on the address of the settings, now and whenever it changes. Resolves with one line on why it cannot, null
   * where it can. A port that is taken is no reason to leave the node alone: the probes then stay where they were.
   */
  follow(settings: SettingsHolder, events: EventStream): Promise<string | null>;
  close(): Promise<void>;
}

/** Probes that listen nowhere yet. */
export function createProbeServer(operations: Operations): ProbeServer {
  let address: string | null = null;
  let server: ControlServer | null = null;

  async function move(to: string | null): Promise<void> {
    if (to === address) return;
    const next = to === null ? null : await serveProbes(to, operations);
    await server?.close();
    server = next;
    address = to;
  }

  return {
    follow(settings, events) {
      const apply = async (wanted: string | null): Promise<string | null> => {
        try {
          await move(wanted);
          return null;
        } catch (error) {
          const problem = messageOf(error);
          settings.correct({ metricsAddr: address });
          events.publish({ type: 'probes-refused', problem });
          return problem;
        }
      };
      settings.subscribe((next) => apply(next.metricsAddr));
      return apply(settings.current.metricsAddr);
    },
    async close() {
      await server?.close();
    },
  };
}
