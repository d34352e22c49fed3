import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@wemixvisor/testkit';
import type { Outcome, Status } from '../harness/installation.ts';
import { until } from '../harness/until.ts';
import {
  isEarly,
  isFileFault,
  isHarmless,
  type Action,
  type Fault,
  type FaultName,
} from './fault.ts';
import { homeProcesses } from './home-processes.ts';
import {
  demand,
  demandHiddenSecret,
  demandManners,
  demandNoProcess,
  demandOneNode,
  demandSecretInOneFile,
  demandShortPauses,
  demandWholeLog,
} from './invariants.ts';
import type { Plan } from './plan.ts';
import { prepareScene, type Scene } from './scene.ts';
import { strike } from './strike.ts';

/** How a round went. */
export interface RoundReport {
  readonly plan: Plan;
  /** What broke; null when everything held. */
  readonly problem: string | null;
  /** The faults that hit something; a command that had ended before its kill was due does not count. */
  readonly struck: readonly FaultName[];
  readonly nodes: number;
  readonly lines: number;
  readonly rotations: number;
  /** Milliseconds of the longest pause of a node for a rotation. */
  readonly longestPauseMs: number;
  /** The supervisor's own log, for a round that failed. */
  readonly journal: string;
}

/** Lives a plan on an installation of its own, and looks at everything that must hold after each step and at the end. */
export async function runRound(plan: Plan): Promise<RoundReport> {
  await using scene = await prepareScene(plan);
  let problem: string | null = null;
  let lines = 0;
  let longestPauseMs = 0;
  try {
    for (const { action, fault } of plan.steps) {
      if (fault === null) await undisturbed(scene, action);
      else await disturbed(scene, action, fault);
    }
    const stopped = await scene.command('stop');
    demand(stopped.code === 0, `the last stop failed: ${stopped.stderr}`);
    await demandNoProcess(scene);
    lines = await demandWholeLog(scene);
    longestPauseMs = demandShortPauses(scene);
    demandSecretInOneFile(scene);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  return {
    plan,
    problem,
    struck: scene.struck,
    nodes: scene.lives().length,
    lines,
    rotations: scene.rotated(),
    longestPauseMs,
    journal: scene.journal(),
  };
}

/** A step that nothing interferes with has one exact outcome. */
async function undisturbed(scene: Scene, action: Action): Promise<void> {
  const before = action === 'start' ? null : await scene.status();
  const outcome = await begin(scene, action);
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

/** Lets a fault fall into the middle of a step; then the next command has to put everything right. */
async function disturbed(scene: Scene, action: Action, fault: Fault): Promise<void> {
  const { name, afterMs, recovery } = fault;
  const before = action === 'start' ? null : await scene.status();
  const early = isEarly(name) ? strike(scene, fault) : null;
  const underWay = begin(scene, action);
  if (action === 'rotate') await underWay;
  if (before === null && early === null && name !== 'kill-command') {
    await waitFor(() => scene.supervisor(), { everyMs: 5, what: 'a supervisor' });
  }
  await sleep(afterMs);
  if (await (early ?? strike(scene, fault))) scene.struck.push(name);
  demandHiddenSecret(scene);
  const outcome = await underWay;
  if (outcome !== null && isHarmless(name)) {
    demand(outcome.code === 0, `${action} failed by ${name}: ${outcome.stderr}`);
  } else if (outcome !== null && !(name === 'kill-command' && outcome.code === null)) {
    demandManners(action, outcome);
  }

  demandManners('status', await scene.run('status', '--json'));
  const recovered = await scene.command(recovery);
  demand(recovered.code === 0, `${recovery} after ${name} failed: ${recovered.stderr}`);
  if (recovery === 'stop') {
    await demandNoProcess(scene);
    return;
  }
  const after = await demandOneNode(scene);
  if (before !== null && recovery === 'start') demandContinuity(scene, action, name, before, after);
}

/** Sets a step going; null when it is not a command. */
async function begin(scene: Scene, action: Action): Promise<Outcome | null> {
  switch (action) {
    case 'start':
    case 'stop':
    case 'restart':
      return scene.command(action);
    case 'crash':
      scene.crash(homeProcesses(scene.wemixvisor.home).nodes[0]);
      return null;
    case 'rotate':
      await scene.rotation();
      return null;
    case 'run':
      return null;
  }
}

/** What the next supervisor must know of what happened under the last one, and that a pause changes nothing. */
function demandContinuity(
  scene: Scene,
  action: Action,
  name: FaultName,
  before: Status,
  after: Status,
): void {
  const isQuiet = action === 'run' || action === 'rotate';
  if (isQuiet && name !== 'kill-node') {
    const facts = ({ pid, generation, restarts, started_at }: Status) =>
      JSON.stringify({ pid, generation, restarts, started_at });
    demand(facts(after) === facts(before), `was ${facts(before)}, is ${facts(after)}`);
    const isSuccessor = name === 'kill-supervisor' || name === 'steal-lock' || isFileFault(name);
    demand(after.adopted || !isSuccessor, 'the node is not marked as adopted');
  }
  if (action === 'crash' && name === 'kill-supervisor' && scene.plan.wrapper === 'none') {
    const { code, signal } = after.last_exit ?? { code: null, signal: null };
    const seen = signal ?? `exit ${code ?? '?'}`;
    demand(seen === scene.plan.crash, `the node ended by ${scene.plan.crash}, status says ${seen}`);
  }
}
