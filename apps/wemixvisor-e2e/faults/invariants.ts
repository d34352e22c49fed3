import { waitFor } from '@wemixvisor/testkit';
import { isWatched, type Outcome, type Status } from '../harness/installation.ts';
import { processesMentioning, type SeenProcess } from '../harness/processes.ts';
import { lifeProblems, logProblems } from './accounts.ts';
import type { Scene } from './scene.ts';

/** Fails the round unless the condition holds. */
export function demand(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new Error(problem);
}

/** A command that was cut off may fail, but says so in words and with a code of the documented list. */
export function demandManners(name: string, { code, stderr }: Outcome): void {
  demand([0, 1, 3, 75].includes(code ?? -1), `${name} ended with ${code ?? 'a signal'}: ${stderr}`);
  demand(!/^\s+at /m.test(stderr), `${name} printed a stack: ${stderr}`);
}

/** Exactly one node, watched by exactly one supervisor, and it goes on writing. */
export async function demandOneNode(scene: Scene): Promise<Status> {
  const { wemixvisor, lives } = scene;
  const status = await waitFor(
    async () => {
      const now = await wemixvisor.status();
      return now.state === 'running' && isWatched(now) && now;
    },
    { what: 'a node that runs and is watched' },
  );
  // A process that was just forked looks like its parent for a moment, so what counts is what stays.
  const census = () => JSON.stringify(censusOf(processesMentioning(wemixvisor.home)));
  const one = JSON.stringify({ supervisors: 1, recorders: 1, nodes: [status.pid] });
  await waitFor(() => census() === one, { what: one }).catch((error: unknown) => {
    throw new Error(`there should be ${one}, there is ${census()}`, { cause: error });
  });
  const linesNow = () => lives().find(({ name }) => name.startsWith(`${status.pid}-`))?.lines ?? 0;
  const before = linesNow();
  await waitFor(() => linesNow() > before, { what: `node ${status.pid} to write (is it paused?)` });
  demandConsistentCounters(scene, status);
  demand(status.desired === 'up', `desired is ${status.desired} after a start`);
  return status;
}

/** No node, no supervisor, no shell: nothing is left of the installation but its files. */
export async function demandNoProcess(scene: Scene): Promise<void> {
  const { home } = scene.wemixvisor;
  const left = () =>
    processesMentioning(home).map(({ pid, commandLine }) => `${pid} ${commandLine}`);
  await waitFor(() => left().length === 0, { what: 'everything to end' }).catch(
    (error: unknown) => {
      throw new Error(`left behind:\n${left().join('\n')}`, { cause: error });
    },
  );
  const { code, stdout, stderr } = await scene.wemixvisor.run('status', '--json');
  if (stderr.includes('no node was ever started') && scene.lives().length === 0) return;
  const status = JSON.parse(stdout) as Status;
  demand(code === 3, `status of a stopped node ends with ${code ?? 'a signal'}`);
  demand(
    status.state === 'stopped' && status.desired === 'down',
    `it is ${status.state}, not stopped`,
  );
  demand(status.last_exit?.forced !== true, 'the node was killed by force');
  demandConsistentCounters(scene, status);
}

function censusOf(seen: readonly SeenProcess[]) {
  const pids = (present: string, absent: string) =>
    seen
      .filter(({ commandLine: line }) => line.includes(present) && !line.includes(absent))
      .map(({ pid }) => pid);
  return {
    supervisors: pids(' supervise ', 'numbered-node').length,
    recorders: pids('wemixvisor-recorder', ' supervise ').length,
    nodes: pids('numbered-node', 'wemixvisor-recorder'),
  };
}

/** Counters never say more than what was done, and never less than what was seen. */
function demandConsistentCounters({ done, lives }: Scene, status: Status): void {
  const { restarts, generation } = status;
  const told = JSON.stringify({ ...restarts, generation, done });
  const sum = restarts.crash + restarts.health + restarts.operator;
  demand(status['restart_count'] === sum, `restart_count is not the sum: ${told}`);
  demand(restarts.health === 0, `a restart for health that nobody asked for: ${told}`);
  demand(restarts.crash <= done.crash, `more crash restarts than crashes: ${told}`);
  demand(restarts.operator <= done.restart, `more operator restarts than asked for: ${told}`);
  demand(generation >= lives().length, `more nodes than generations: ${told}`);
  const causes = done.start + done.restart + done.crash + done.kill;
  demand(generation <= causes, `more generations than causes: ${told}`);
}

/** Every line that a life wrote is in the log once and in order, rotated files included; no two lives at once. */
export async function demandWholeLog({ wemixvisor, lives }: Scene): Promise<number> {
  const { stdout } = await wemixvisor.run('logs', '-n', 'all');
  const problems = [...lifeProblems(lives()), ...logProblems(stdout, lives())];
  demand(problems.length === 0, problems.slice(0, 10).join('\n'));
  return stdout.split('\n').length - 1;
}
