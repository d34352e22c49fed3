import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@wemixvisor/testkit';
import type { Outcome, Status } from '../harness/installation.ts';
import { killed } from '../harness/processes.ts';
import { until } from '../harness/until.ts';
import {
  demand,
  demandManners,
  demandNoProcess,
  demandOneNode,
  demandWholeLog,
} from './invariants.ts';
import type { Action, Kill, Plan } from './plan.ts';
import { prepareScene, type Scene } from './scene.ts';

/** How a round went. */
export interface RoundReport {
  readonly plan: Plan;
  /** What broke; null when everything held. */
  readonly problem: string | null;
  /** Supervisors killed; one that had left before its kill was due does not count. */
  readonly kills: number;
  readonly nodes: number;
  readonly lines: number;
  readonly rotations: number;
  /** The supervisor's own log, for a round that failed. */
  readonly journal: string;
}

/** Lives a plan on an installation of its own, and looks at everything that must hold after each step and at the end. */
export async function runRound(plan: Plan): Promise<RoundReport> {
  await using scene = await prepareScene(plan);
  let problem: string | null = null;
  let lines = 0;
  try {
    for (const { action, kill } of plan.steps) {
      if (kill === null) await undisturbed(scene, action);
      else await disturbed(scene, action, kill);
    }
    demand((await scene.command('stop')).code === 0, 'the last stop failed');
    await demandNoProcess(scene);
    lines = await demandWholeLog(scene);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  return {
    plan,
    problem,
    kills: scene.done.kill,
    nodes: scene.lives().length,
    lines,
    rotations: scene.rotated(),
    journal: scene.journal(),
  };
}

/** A step that nothing interferes with has one exact outcome. */
async function undisturbed(scene: Scene, action: Action): Promise<void> {
  const before = action === 'start' ? null : await scene.wemixvisor.status();
  const outcome = await begin(scene, action, before);
  if (outcome !== null) {
    demand(outcome.code === 0, `${action} failed: ${outcome.stderr}`);
  }
  if (action === 'stop') {
    await demandNoProcess(scene);
    return;
  }
  if (before !== null && action === 'crash') {
    const seen = `the crash of ${before.pid} to be seen`;
    await until(scene.wemixvisor, ({ pid }) => pid !== before.pid, seen);
  }
  const after = await demandOneNode(scene);
  const more = (name: 'crash' | 'operator') => after.restarts[name] - (before?.restarts[name] ?? 0);
  demand(more('crash') === (action === 'crash' ? 1 : 0), 'a crash was not counted exactly');
  demand(more('operator') === (action === 'restart' ? 1 : 0), 'a restart was not counted exactly');
}

/** Kills the supervisor in the middle of a step; then the next command has to put everything right. */
async function disturbed(scene: Scene, action: Action, kill: Kill): Promise<void> {
  const before = action === 'start' ? null : await scene.wemixvisor.status();
  const underWay = begin(scene, action, before);
  if (action === 'rotate') await underWay;
  const supervisor =
    before?.supervisor_pid ??
    (await waitFor(() => scene.supervisor(), { everyMs: 5, what: 'a supervisor' }));
  await sleep(kill.afterMs);
  if (killed(supervisor)) scene.done.kill += 1;
  const outcome = await underWay;
  if (outcome !== null) demandManners(action, outcome);

  demandManners('status', await scene.wemixvisor.run('status', '--json'));
  const recovered = await scene.command(kill.recovery);
  demand(recovered.code === 0, `${kill.recovery} after the kill failed: ${recovered.stderr}`);
  if (kill.recovery === 'stop') {
    await demandNoProcess(scene);
    return;
  }
  const after = await demandOneNode(scene);
  if (before !== null && kill.recovery === 'start') demandContinuity(scene, action, before, after);
}

/** Sets a step going; null when it is not a command. */
async function begin(scene: Scene, action: Action, now: Status | null): Promise<Outcome | null> {
  switch (action) {
    case 'start':
    case 'stop':
    case 'restart':
      return scene.command(action);
    case 'crash':
      if (now !== null) scene.crash(now.pid);
      return null;
    case 'rotate':
      await scene.rotation();
      return null;
    case 'run':
      return null;
  }
}

/** What the next supervisor must know of what happened under the last one. */
function demandContinuity(scene: Scene, action: Action, before: Status, after: Status): void {
  if (action === 'run' || action === 'rotate') {
    const facts = ({ pid, generation, restarts, started_at }: Status) =>
      JSON.stringify({ pid, generation, restarts, started_at });
    demand(facts(after) === facts(before), `was ${facts(before)}, is ${facts(after)}`);
    demand(after.adopted, 'the node is not marked as adopted');
  }
  if (action === 'crash') {
    const { code, signal } = after.last_exit ?? { code: null, signal: null };
    const seen = signal ?? `exit ${code ?? '?'}`;
    demand(seen === scene.plan.crash, `the node ended by ${scene.plan.crash}, status says ${seen}`);
  }
}
