import { messageOf } from '../app-error.ts';
import type { ControlServer } from '../control/server.ts';
import type { EventStream } from './events.ts';
import type { Settings } from '../settings/settings.ts';
import type { SettingsHolder } from './settings-holder.ts';

/** What is served over TCP, on the address that a setting names. */
export interface TcpServer {
  /** Serves by this on the address of the settings, now and whenever it changes. */
  serve(listen: (address: string) => Promise<ControlServer>): void;
  /**
   * Resolves when it is where the latest settings want it, with null, or with one line on why it cannot be served there. A port that is taken
   * is no reason to leave the node alone: it then stays where it was.
   */
  moved(): Promise<string | null>;
  /** What {@link moved} last resolved to. */
  readonly problem: string | null;
  close(): Promise<void>;
}

/** A server that listens nowhere yet. */
export function createTcpServer(
  setting: 'metricsAddr' | 'apiAddr',
  settings: SettingsHolder,
  events: EventStream,
): TcpServer {
  let address: string | null = null;
  let wasTls = false;
  let server: ControlServer | null = null;
  let problem: string | null = null;
  let moved: Promise<string | null> = Promise.resolve(null);

  async function move(
    { [setting]: to, apiTlsCert, apiTlsKey }: Settings,
    listen: (address: string) => Promise<ControlServer>,
  ): Promise<string | null> {
    const isTls = setting === 'apiAddr' && (apiTlsCert !== null || apiTlsKey !== null);
    problem = null;
    if (to === address && (to === null || isTls === wasTls)) return null;
    try {
      // Rather not served than without the TLS that is wanted now.
      if (to === address) await left();
      const next = to === null ? null : await listen(to);
      await server?.close();
      [server, address, wasTls] = [next, to, isTls];
      return null;
    } catch (error) {
      problem = messageOf(error);
      settings.correct({ [setting]: address });
      events.publish({ type: 'probes-refused', problem });
      return problem;
    }
  }

  async function left(): Promise<void> {
    await server?.close();
    [server, address] = [null, null];
  }

  return {
    serve(listen) {
      const follow = () => {
        moved = moved.then(() => move(settings.current, listen));
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

/** Several servers as one: their problems are a line each. */
export interface TcpServers {
  moved(): Promise<readonly string[]>;
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/** Joins servers. */
export function joinServers(servers: readonly TcpServer[]): TcpServers {
  const told = (problems: readonly (string | null)[]) => problems.filter((line) => line !== null);
  return {
    moved: async () => told(await Promise.all(servers.map((server) => server.moved()))),
    get problems() {
      return told(servers.map(({ problem }) => problem));
    },
    async close() {
      await Promise.allSettled(servers.map((server) => server.close()));
    },
  };
}
