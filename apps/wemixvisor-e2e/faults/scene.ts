import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, waitFor } from '@wemixvisor/testkit';
import { askSupervisor } from '../harness/ask-supervisor.ts';
import {
  installation,
  outcomeOf,
  type Installation,
  type Outcome,
  type Status,
} from '../harness/installation.ts';
import { killed } from '../harness/processes.ts';
import { silentReceiver } from '../harness/silent-receiver.ts';
import { readLives, type Life } from './accounts.ts';
import { jumpyClock } from './clock-jumps.ts';
import type { FaultName, Recovery } from './fault.ts';
import { homeProcesses } from './home-processes.ts';
import { dataIn, preparePlace } from './place.ts';
import type { Plan } from './plan.ts';

const nodeFile = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Runs a program in a PID namespace of its own; the shell is there for Node to be an ordinary process in it. */
const apart = [
  ...(['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'] as const),
  ...['sh', '-c', '"$@"; exit $?', 'sh'],
] as const;

/** One installation with a numbered node, and what was done to it so far. */
export interface Scene {
  readonly plan: Plan;
  readonly wemixvisor: Installation;
  /** A value of the node's environment that nobody may see. */
  readonly secret: string;
  /** Commands, crashes and kills of supervisors so far: what may have caused a spawn. */
  readonly done: Record<Recovery | 'crash' | 'kill', number>;
  /** The faults that hit something, in order. */
  readonly struck: FaultName[];
  /** Runs the program to its end and keeps what it shows. */
  readonly run: (...words: readonly string[]) => Promise<Outcome>;
  /** Everything that was shown so far. */
  readonly screens: () => string;
  /** What the supervisor says on its socket; where none answers, what the program shows. */
  readonly status: () => Promise<Status>;
  /** Runs a command to its end, or leaves it under way. */
  readonly command: (name: Recovery) => Promise<Outcome>;
  /** Runs the command `start` in a PID namespace of its own; null where none can be made. */
  readonly startApart: () => Promise<Outcome | null>;
  /** The root of the home's own small file system; null where it has none. */
  readonly mount: string | null;
  /** Puts the wall clock of everything in the installation wrong by so many seconds. */
  readonly jumpClock: (seconds: number) => void;
  /** The pid of the command that is under way, when there is one. */
  readonly commandPid: () => number | undefined;
  /** Ends the node, as the plan says it crashes unless told otherwise; false when it had gone. */
  readonly crash: (pid: number | undefined, signal?: NodeJS.Signals) => boolean;
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
  const secret = `S3cr3t-${plan.seed}-S3cr3t`;
  const variables: Record<string, string> = {
    NUMBERED_STOP_MS: `${plan.stopMs}`,
    NUMBERED_WRAPPER: plan.wrapper,
    NUMBERED_TOKEN: secret,
  };
  const place = await preparePlace(plan.place);
  const clock = jumpyClock(join(place.beside, 'clock'));
  const isJumpy = plan.steps.some(({ fault }) => fault?.name === 'jump-clock');
  if (isJumpy) Object.assign(variables, clock.variables);
  const receiver = plan.receiver === 'hung' ? await silentReceiver() : null;
  if (receiver !== null) variables['WEMIXVISOR_ALERTS_WEBHOOK_URL'] = receiver.url;
  const wemixvisor = await installation(variables, place.parent);
  const { home } = wemixvisor;
  const data = dataIn(home, place);
  const logs = join(home, 'logs');
  const start = startWords(plan, data, await freePort());
  const done = { start: 0, stop: 0, restart: 0, crash: 0, kill: 0 };
  const underWay = new Set<ChildProcess>();
  let screens = '';
  const follow = async (child: ChildProcess) => {
    underWay.add(child);
    const outcome = await outcomeOf(child);
    underWay.delete(child);
    screens += outcome.stdout + outcome.stderr;
    return outcome;
  };
  const run = (...words: readonly string[]) => follow(wemixvisor.spawn(...words));
  return {
    plan,
    wemixvisor,
    secret,
    done,
    struck: [],
    run,
    screens: () => screens,
    async status() {
      // A run of the program is a process of its own: many of them would slow down what is waited for.
      const asked = await askSupervisor(home, 'GET', '/v1/status');
      return (asked ?? JSON.parse((await run('status', '--json')).stdout)) as Status;
    },
    command(name) {
      done[name] += 1;
      return run(...(name === 'start' ? start : [name]));
    },
    async startApart() {
      const outcome = await follow(wemixvisor.spawnBy(apart, ...start));
      if (outcome.stderr.startsWith('unshare: ')) return null;
      done.start += 1;
      return outcome;
    },
    mount: place.mount,
    jumpClock: (seconds) => clock.jump(seconds),
    commandPid: () => [...underWay].find((child) => child.exitCode === null)?.pid,
    crash(pid, signal = plan.crash === 'SIGKILL' ? 'SIGKILL' : 'SIGUSR2') {
      const isHit = killed(pid, signal);
      if (isHit) done.crash += 1;
      return isHit;
    },
    lives: () => (existsSync(join(data, 'lives')) ? readLives(join(data, 'lives')) : []),
    supervisor: () => homeProcesses(home).supervisors[0],
    rotation: () =>
      waitFor(() => namesIn(logs).some((name) => name.endsWith('.log.partial')), {
        everyMs: 1,
        longestPauseMs: 1,
        what: 'a rotation',
      }),
    async [Symbol.asyncDispose]() {
      receiver?.[Symbol.dispose]();
      await wemixvisor[Symbol.asyncDispose]();
      await place[Symbol.asyncDispose]();
    },
    rotated: () => namesIn(logs).filter((name) => /^node-.*\.log(\.gz)?$/.test(name)).length,
    journal() {
      const file = join(logs, 'wemixvisor.log');
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    },
  };
}

/** The command line that starts the plan's node. */
function startWords({ wrapper }: Plan, data: string, port: number): readonly string[] {
  const binary = nodeFile(wrapper === 'none' ? 'numbered-node.mjs' : 'wrapped-node.sh');
  return [
    ...['start', '--binary', binary, '--restart-delay', '150ms', '--max-restarts', '50'],
    ...['--log-max-size', '16KiB', '--log-max-files', '400', '--wait-timeout', '30s'],
    ...['--', '--datadir', data, '--http', '--http.port', `${port}`],
  ];
}

/** What a folder holds, which may not exist yet. */
function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
