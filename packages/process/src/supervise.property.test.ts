import fc from 'fast-check';
import { expect, it } from 'vitest';
import { command, life, policy } from '../test/support/life.ts';
import type { LifecycleChange } from './lifecycle-store.ts';
import type { Supervision } from './supervise.ts';

const { maxRestarts, restartDelayMaxMs, restartResetMs, stopTimeoutMs } = policy;
const healthBudget = 2;

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('start', 'ready', 'reuse pids') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('detach', 'reboot', 'kill recorder', 'orphans exit'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('exit'), code: fc.constantFrom(0, 1, 137) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('crash'), times: fc.integer({ min: 1, max: 9 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('restart'),
      cause: fc.constantFrom('operator' as const, 'health' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('stop'), force: fc.boolean(), wait: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('wait'),
      ms: fc.constantFrom(1, 300, 1_000, 5_000, 70_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('jump'),
      ms: fc.integer({ min: -1e9, max: 1e9 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('classify'),
      takesMs: fc.constantFrom(0, 400, 900),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('kill'),
      afterWrites: fc.integer({ min: 0, max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('deaf', 'wraps', 'no spawn', 'full disk'),
      on: fc.boolean(),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const byOperator = ({ event }: LifecycleChange): boolean =>
  event.type === 'startRequested' ||
  event.type === 'stopRequested' ||
  (event.type === 'restartRequested' && event.cause === 'operator');

/** Plays a random life and gives what went wrong in it. */
async function play(steps: readonly Step[]): Promise<readonly string[]> {
  let classificationMs = 0;
  const own = life(
    { health: { maxRestarts: healthBudget, windowMs: 1e12, cooldownMs: 0 } },
    {
      classifyExit: (end) =>
        new Promise((resolve) => {
          clock.setTimer(() => resolve({ lastLine: `of ${end.generation}` }), classificationMs);
        }),
    },
  );
  const { clock, machine, disk } = own;
  const wrongs = machine.wrongs;
  let node: Supervision = await own.supervisor();
  let since = { executions: 0, at: 0 };

  /** Executions since the operator last did something, or since the last long uptime, are bounded. */
  const checkBudget = (): void => {
    if (machine.executions() - since.executions > 1 + maxRestarts + healthBudget) {
      wrongs.push(`${machine.executions() - since.executions} executions without an operator`);
    }
  };
  const forgive = (): void => {
    since = { executions: machine.executions(), at: clock.monotonic() };
  };
  const replace = async (): Promise<void> => {
    own.kill();
    node = await own.supervisor();
  };

  const play1 = async (next: Step): Promise<void> => {
    switch (next.do) {
      case 'start':
        forgive();
        node.start(command).catch(() => undefined);
        break;
      case 'ready':
        node.ready(node.snapshot.generation);
        break;
      case 'reuse pids':
        machine.reusePids();
        break;
      case 'detach':
        node.detach();
        await replace();
        break;
      case 'reboot':
        machine.reboot();
        await replace();
        break;
      case 'exit':
        machine.exit(next.code);
        break;
      case 'crash':
        for (let crash = 0; crash < next.times; crash += 1) {
          machine.exit(1);
          await clock.advance(restartDelayMaxMs);
        }
        break;
      case 'restart':
        if (next.cause === 'operator') forgive();
        await node.restart({ cause: next.cause });
        break;
      case 'stop':
        forgive();
        node.stop({ force: next.force }).catch(() => undefined);
        if (next.wait) await stopIsReached();
        break;
      case 'wait':
        await clock.advance(next.ms);
        if (next.ms >= restartResetMs) forgive();
        break;
      case 'jump':
        clock.jump(next.ms);
        break;
      case 'kill':
        own.kill(next.afterWrites);
        if (next.afterWrites === 0) node = await own.supervisor();
        break;
      case 'classify':
        classificationMs = next.takesMs;
        break;
      case 'deaf':
        machine.behaviour.ignoresTerm = next.on;
        break;
      case 'wraps':
        machine.behaviour.wraps = next.on;
        break;
      case 'orphans exit':
        machine.orphansExit();
        break;
      case 'no spawn':
        machine.behaviour.spawnFails = next.on;
        break;
      case 'full disk':
        disk.full = next.on;
        break;
      case 'kill recorder':
        machine.killRecorder();
        break;
    }
  };

  const stopIsReached = async (): Promise<void> => {
    disk.full = false;
    await replace(); // whoever is dead by now has a successor
    node.stop().catch(() => undefined);
    await clock.advance(stopTimeoutMs + 3_000);
    if (node.snapshot.state !== 'stopped') wrongs.push(`not stopped but ${node.snapshot.state}`);
    if (machine.nodes().length > 0) wrongs.push('a node runs after a stop');
    await clock.advance(restartResetMs);
    if (machine.nodes().length > 0) wrongs.push('a node came back after a stop');
  };

  for (const next of steps) {
    await play1(next);
    await clock.advance(0);
    checkBudget();
  }
  for (const change of own.history) {
    if (change.before.state === 'error' && change.after.state !== 'error' && !byOperator(change)) {
      wrongs.push(`error was left by ${change.event.type}`);
    }
  }
  await stopIsReached();
  return wrongs;
}

it('keeps one node at most, signals only its own, stops when told, and respects the budgets', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      expect(await play(steps)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
}, 120_000);
