import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, waitFor } from '@wemixvisor/testkit';
import { installation, type Installation, type Outcome } from '../harness/installation.ts';
import { killed, processesMentioning } from '../harness/processes.ts';
import { readLives, type Life } from './accounts.ts';
import type { Plan, Recovery } from './plan.ts';

const numberedNode = fileURLToPath(new URL('numbered-node.mjs', import.meta.url));

/** One installation with a numbered node, and what was done to it so far. */
export interface Scene {
  readonly plan: Plan;
  readonly wemixvisor: Installation;
  /** Commands, crashes and kills so far: what may have caused a spawn. */
  readonly done: Record<Recovery | 'crash' | 'kill', number>;
  /** Runs a command to its end, or leaves it under way. */
  readonly command: (name: Recovery) => Promise<Outcome>;
  /** Ends the node as the plan says it crashes. */
  readonly crash: (pid: number) => void;
  readonly lives: () => readonly Life[];
  /** The pid of the supervisor, when there is one. */
  readonly supervisor: () => number | undefined;
  /** Resolves when the log is being rotated. */
  readonly rotation: () => Promise<unknown>;
  /** Rotated files of the node's log. */
  readonly rotated: () => number;
  /** The supervisor's own log. */
  readonly journal: () => string;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Prepares an installation of its own; nothing runs yet. */
export async function prepareScene(plan: Plan): Promise<Scene> {
  const wemixvisor = await installation({ NUMBERED_STOP_MS: `${plan.stopMs}` });
  const { home } = wemixvisor;
  const port = await freePort();
  const data = join(home, 'data');
  const logs = join(home, 'logs');
  const start = [
    ...['start', '--binary', numberedNode, '--restart-delay', '150ms'],
    ...['--log-max-size', '16KiB', '--log-max-files', '400', '--wait-timeout', '30s'],
    ...['--', '--datadir', data, '--http', '--http.port', `${port}`],
  ];
  const done = { start: 0, stop: 0, restart: 0, crash: 0, kill: 0 };
  return {
    plan,
    wemixvisor,
    done,
    command(name) {
      done[name] += 1;
      return wemixvisor.run(...(name === 'start' ? start : [name]));
    },
    crash(pid) {
      done.crash += 1;
      killed(pid, plan.crash === 'SIGKILL' ? 'SIGKILL' : 'SIGUSR2');
    },
    lives: () => (existsSync(join(data, 'lives')) ? readLives(join(data, 'lives')) : []),
    supervisor: () =>
      processesMentioning(home).find(({ commandLine }) => commandLine.includes(' supervise '))?.pid,
    rotation: () =>
      waitFor(() => namesIn(logs).some((name) => name.endsWith('.log.partial')), {
        everyMs: 1,
        what: 'a rotation',
      }),
    [Symbol.asyncDispose]: () => wemixvisor[Symbol.asyncDispose](),
    rotated: () => namesIn(logs).filter((name) => /^node-.*\.log(\.gz)?$/.test(name)).length,
    journal() {
      const file = join(logs, 'wemixvisor.log');
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    },
  };
}

/** What a folder holds, which may not exist yet. */
function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
