import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';
import { isWatched, type Outcome, type Status } from '../harness/installation.ts';
import { lifeProblems, logProblems } from './accounts.ts';
import type { FaultName } from './fault.ts';
import { descendantsOf, homeProcesses } from './home-processes.ts';
import type { Scene } from './scene.ts';
import { commandLinesWith, filesWith } from '../harness/secrets.ts';

/** Milliseconds for which a rotation may pause the node. */
const longestPauseMs = 2_000;

/**
 * Starts that can fail of a fault, each of which counts as a crash: while a disk is full for 1.5 s (the delay before each is
 * twice the last, and the first is 150 ms), and where the recorder is killed before it has executed the node.
 */
const failedStartsAtMost: Partial<Record<FaultName, number>> = {
  'fill-disk': 4,
  'fill-inodes': 4,
  'kill-recorder': 1,
};

/** Fails the round unless the condition holds. */
export function demand(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new Error(problem);
}

/** A command that was cut off may fail, but says so in words and with a code of the documented list. */
export function demandManners(name: string, { code, stderr }: Outcome): void {
  demand(
    [0, 1, 2, 3, 75].includes(code ?? -1),
    `${name} ended with ${code ?? 'a signal'}: ${stderr}`,
  );
  demand(!/^\s+at /m.test(stderr), `${name} printed a stack: ${stderr}`);
}

/** Exactly one node, watched by exactly one supervisor, and it goes on writing. */
export async function demandOneNode(scene: Scene): Promise<Status> {
  const { wemixvisor, lives } = scene;
  let seen = 'nothing';
  // A process that was just forked looks like its parent for a moment, so what counts is what stays.
  const [status, node] = await waitFor(
    async () => {
      const now = await scene.status();
      const there = homeProcesses(wemixvisor.home);
      seen = JSON.stringify({ state: now.state, pid: now.pid, reason: now['reason'], ...there });
      const isOne = now.state === 'running' && isWatched(now) && isOneOfEach(scene, now, there);
      return isOne && ([now, there.nodes[0] ?? 0] as const);
    },
    { what: 'one node that runs and is watched' },
  ).catch((error: unknown) => {
    throw new Error(`there should be one node that runs and is watched, there is ${seen}`, {
      cause: error,
    });
  });
  const linesNow = () => lives().find(({ name }) => name.startsWith(`${node}-`))?.lines ?? 0;
  const before = linesNow();
  await waitFor(() => linesNow() > before, { what: `node ${node} to write (is it paused?)` });
  demandConsistentCounters(scene, status);
  demand(status.desired === 'up', `desired is ${status.desired} after a start`);
  demandHiddenSecret(scene);
  return status;
}

function isOneOfEach(
  { plan, struck }: Scene,
  { pid }: Status,
  { supervisors, recorders, nodes }: ReturnType<typeof homeProcesses>,
): boolean {
  // A node goes on without the recorder that was killed beside it.
  const fewest = struck.includes('kill-recorder') ? 0 : 1;
  const isKnown = plan.wrapper === 'none' || plan.wrapper === 'setsid' ? nodes[0] === pid : true;
  return (
    supervisors.length === 1 &&
    nodes.length === 1 &&
    isKnown &&
    recorders.length <= 1 &&
    recorders.length >= fewest
  );
}

/** No node, no supervisor, no shell, no guard: nothing is left of the installation but its files. */
export async function demandNoProcess(scene: Scene): Promise<void> {
  const left = () => descendantsOf(scene.wemixvisor.home);
  await waitFor(() => left().length === 0, { what: 'everything to end' }).catch(
    (error: unknown) => {
      throw new Error(`left behind:\n${left().join('\n')}`, { cause: error });
    },
  );
  const { code, stdout, stderr } = await scene.run('status', '--json');
  if (stderr.includes('no node was ever started') && scene.lives().length === 0) return;
  const status = JSON.parse(stdout) as Status;
  demand(code === 3, `status of a stopped node ends with ${code ?? 'a signal'}`);
  demand(
    status.state === 'stopped' && status.desired === 'down',
    `it is ${status.state}, not stopped`,
  );
  demand(status.last_exit?.forced !== true, 'the node was killed by force');
  demandConsistentCounters(scene, status);
  demandHiddenSecret(scene);
}

/** Counters never say more than what was done, and never less than what was seen. */
function demandConsistentCounters({ done, lives, struck }: Scene, status: Status): void {
  const { restarts, generation } = status;
  const possible = struck.reduce((sum, name) => sum + (failedStartsAtMost[name] ?? 0), 0);
  const failed = Math.min(generation - lives().length, possible);
  const told = JSON.stringify({ ...restarts, generation, done });
  const sum = restarts.crash + restarts.health + restarts.operator;
  demand(status['restart_count'] === sum, `restart_count is not the sum: ${told}`);
  demand(restarts.health === 0, `a restart for health that nobody asked for: ${told}`);
  demand(restarts.crash <= done.crash + failed, `more crash restarts than crashes: ${told}`);
  demand(restarts.operator <= done.restart, `more operator restarts than asked for: ${told}`);
  demand(generation >= lives().length, `more nodes than generations: ${told}`);
  const causes = done.start + done.restart + done.crash + done.kill + failed;
  demand(generation <= causes, `more generations than causes: ${told}`);
}

/** Every line that a life wrote is in the log once and in order, rotated files included; no two lives at once. */
export async function demandWholeLog(scene: Scene): Promise<number> {
  const { stdout } = await scene.run('logs', '-n', 'all');
  const { lives, plan } = scene;
  // timeout(1) passes a signal on to its child and to its group.
  const mostTerms = plan.wrapper === 'timeout' ? 4 : 2;
  const problems = [...lifeProblems(lives(), mostTerms), ...logProblems(stdout, lives())];
  demand(problems.length === 0, problems.slice(0, 10).join('\n'));
  return stdout.split('\n').length - 1;
}

/** A secret of the node's environment is in no command line and on no screen. */
export function demandHiddenSecret({ secret, screens }: Scene): void {
  const lines = commandLinesWith(secret);
  demand(lines.length === 0, `a command line has the secret: ${lines.join('\n')}`);
  demand(!screens().includes(secret), 'a command showed the secret');
}

/** The file that repeats a start, or what a kill amid its writing leaves of it: a later start removes that. */
const launchFile = /^run\/launch\.json(?:\.\d+)?$/;

/** Of the files of a home, the secret is in the one that repeats a start, at most, which its owner alone can read. */
export function demandSecretInOneFile({ secret, wemixvisor }: Scene): void {
  const isKept = (file: string) =>
    launchFile.test(file) && (statSync(join(wemixvisor.home, file)).mode & 0o777) === 0o600;
  // A command may be killed before it made the home.
  const all = existsSync(wemixvisor.home) ? filesWith(secret, wemixvisor.home) : [];
  const files = all.filter((file) => !isKept(file));
  demand(files.length === 0, `files with the secret: ${files.join(', ')}`);
}

/** No rotation paused the node for longer than is promised; the longest pause in milliseconds. */
export function demandShortPauses({ journal }: Scene): number {
  const pauses = [...journal().matchAll(/"pause_ms":([\d.]+)/g)].map(([, ms]) => Number(ms));
  const longest = Math.max(0, ...pauses);
  demand(longest <= longestPauseMs, `a rotation paused the node for ${longest} ms`);
  return longest;
}
