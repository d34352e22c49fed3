import { messageOf } from '../app-error.ts';
import type { Operations } from '../control/operations.ts';
import { serveProbes, type ControlServer } from '../control/server.ts';

/** The probes over TCP, on an address that may change. */
export interface ProbeServer {
  /** Moves to an address, or null for nowhere; says in one line why it cannot, and then stays where it was. */
  move(address: string | null): Promise<string | null>;
  close(): Promise<void>;
}

/** Probes that listen nowhere yet. A port that is taken is no reason to leave the node alone. */
export function createProbeServer(operations: () => Operations): ProbeServer {
  let at: string | null = null;
  let server: ControlServer | null = null;
  return {
    async move(address) {
      if (address === at) return null;
      try {
        const next = address === null ? null : await serveProbes(address, operations());
        await server?.close();
        server = next;
        at = address;
        return null;
      } catch (error) {
        return messageOf(error);
      }
    },
    async close() {
      await server?.close();
    },
  };
}
