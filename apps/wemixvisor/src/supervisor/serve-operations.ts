import { createRequestGate } from '@wemixvisor/unix-http';
import type { Operations } from '../control/operations.ts';
import { serveControl, serveProbes, serveReading } from '../control/server.ts';
import type { ConnectedParts } from './connect-parts.ts';
import { createControlOperations } from './control-operations.ts';
import { createTcpServer, joinServers } from './tcp-server.ts';
import { createNodeStarter, type Reread } from './start-node.ts';
import { isUpgradeUnderWay } from './upgraded-start.ts';

/** Last stage: the supervisor listens. */
export interface ServedOperations extends Omit<ConnectedParts, 'close'> {
  readonly operations: Operations;
  /** Sets what ends the supervisor when nothing keeps it. */
  onEnd(end: () => void): void;
  /** Refuses further requests and stops listening; resolves when the answers under way are out. */
  close(): Promise<void>;
}

/** Milliseconds that a supervisor in the background waits for its first request. */
const patienceMs = 15_000;

/** Offers the operations of a supervisor on its control socket, and the probes where they are asked for. */
export async function serveOperations(parts: ConnectedParts): Promise<ServedOperations> {
  const { options, settings, events, supervision, followJournal, metrics } = parts;
  const { paths, pid, uid, endsWithNode } = options;
  const end = endSoon();
  const endWhenIdle = () => {
    const { snapshot } = supervision;
    const isDown = snapshot.state === 'stopped' && !isUpgradeUnderWay(snapshot);
    if (endsWithNode && isDown && !gate.busy) end.now();
  };
  const gate = createRequestGate('the supervisor is ending', endWhenIdle);
  const reread = rereadFrom(paths.config, uid);
  const probes = createTcpServer('metricsAddr', settings, events);
  const api = createTcpServer('apiAddr', settings, events);
  const tcp = joinServers([probes, api]);
  const starter = createNodeStarter({ ...parts, tcp }, reread);
  const status = () => {
    const report = parts.status();
    return {
      ...report,
      stop_phase: report.stop_phase ?? parts.memberStop.phase,
      problems: tcp.problems,
    };
  };
  const served = { ...parts, status, gate, starter, tcp, reread, end: () => end.now() };
  const operations = createControlOperations(served);
  const place = { socket: paths.socket, uid };
  const control = await serveControl(place, operations, followJournal, metrics);
  probes.serve((address) => serveProbes(address, operations, metrics));
  const reading = {
    tokenFile: () => settings.current.apiTokenFile,
    tlsFiles: () => ({ cert: settings.current.apiTlsCert, key: settings.current.apiTlsKey }),
    onProblem: (problem: string) => events.publish({ type: 'probes-refused', problem }),
  };
  api.serve((address) => serveReading({ address, ...reading }, operations, followJournal, metrics));
  const refused = await tcp.moved();
  events.subscribe((event) => {
    if (event.type === 'lifecycle' && event.change.after.state === 'stopped') {
      setImmediate(endWhenIdle);
    }
  });
  const patience = setTimeout(endWhenIdle, patienceMs);
  events.publish({ type: 'started', pid, home: paths.home });
  return {
    ...parts,
    notices: [...parts.notices, ...refused],
    operations,
    onEnd: (how) => end.by(how),
    async close() {
      clearTimeout(patience);
      gate.close();
      await Promise.allSettled([control.close(), tcp.close()]);
    },
  };
}

/** What ends the supervisor is known only when all stages are there; an end that is wanted earlier is made up for. */
function endSoon() {
  let end: (() => void) | null = null;
  let wanted = false;
  return {
    now() {
      wanted = true;
      end?.();
    },
    by(how: () => void) {
      end = how;
      if (wanted) how();
    },
  };
}

/** Only when it is needed: what reads the configuration is memory that a supervisor at rest need not have. */
function rereadFrom(standard: string, uid: number): Reread {
  return async (from) => {
    const { readSettings } = await import('../settings/read-settings.ts');
    return readSettings(from, { standard, uid }).settings;
  };
}
