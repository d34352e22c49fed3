import { createFakeMachine } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { found, lifecycles, run, stopping } from '../test/support/lifecycles.ts';
import type { ProcessError } from './errors.ts';
import type { ExitRecord } from './exit-record.ts';
import type { Lifecycle } from './lifecycle/state.ts';
import { unsupervisedSnapshot, type UnsupervisedOptions } from './unsupervised.ts';

const failed: ExitRecord = { code: 1, signal: null, ran: true, at: 950_000 };
const nobody = 'neither the node nor its supervisor is running; start takes it up again';

/** Looks at a record on a machine where nothing of it lives. */
function lookAt(
  record: Lifecycle,
  exit?: ExitRecord,
  options: Omit<UnsupervisedOptions, 'runDirectory'> = {},
) {
  const machine = createFakeMachine();
  const { ports } = machine.ports();
  const generations: number[] = [];
  const readExit = (_: string, generation: number) => {
    generations.push(generation);
    return exit;
  };
  const looked = unsupervisedSnapshot(
    record,
    { runDirectory: '/nowhere', ...options },
    { ...ports, readExit },
  );
  return { looked, machine, generations };
}

describe('a node that no supervisor watches', () => {
  it('is told as it was recorded while it lives, with nothing due', async () => {
    const { ports } = createFakeMachine().ports();
    const platform = { ...ports.platform, identify: () => run.identity };
    const record = { ...stopping({}), run };
    const looked = await unsupervisedSnapshot(
      record,
      { runDirectory: '/nowhere' },
      { ...ports, platform },
    );
    expect(looked).toMatchObject({ state: 'stopping', pid: 4_321, nextAction: null });
  });

  it('has ended as its recorder wrote, for the reason that its log tells', async () => {
    const ends: unknown[] = [];
    const { looked, generations } = lookAt(lifecycles.running, failed, {
      classifyExit: (end) => {
        ends.push(end);
        return Promise.resolve(found('retry'));
      },
    });
    expect(await looked).toMatchObject({
      state: 'crashed',
      since: failed.at,
      pid: null,
      groupId: null,
      startedAt: null,
      nextAction: null,
      reason: `the disk is full (exit code 1); ${nobody}`,
      lastExit: { code: 1, cause: 'unasked', at: 950_000, uptimeMs: 50_000, lastLine: 'bye' },
    });
    expect(generations).toEqual([3]);
    expect(ends).toMatchObject([{ generation: 3, code: 1, logMark: null }]);
  });

  it('is in error where no restart can help', async () => {
    const { looked } = lookAt(lifecycles.starting, failed, {
      classifyExit: () => Promise.resolve(found('never')),
    });
    expect(await looked).toMatchObject({
      state: 'error',
      reason: 'the disk is full (exit code 1)',
      lastExit: { diagnosis: { class: 'never' } },
    });
  });

  it('was stopped where it was asked to, or killed for that', async () => {
    const { looked } = lookAt(stopping({}), { ...failed, code: 0 });
    expect(await looked).toMatchObject({
      state: 'stopped',
      reason: 'stopped by the operator',
      lastExit: { cause: 'asked', code: 0 },
    });
    const killed = lookAt(stopping({ killedFor: 'grace-period' }), {
      ...failed,
      code: null,
      signal: 'SIGKILL',
    });
    expect(await killed.looked).toMatchObject({ lastExit: { cause: 'grace-period' } });
  });

  it('is not started again by a look, whatever was to follow', async () => {
    const { looked } = lookAt(stopping({ then: 'operator', desired: 'up' }), failed);
    expect(await looked).toMatchObject({ state: 'crashed', reason: nobody });
  });

  it.each([
    ['was not recorded', undefined],
    ['was that of a child that never became the node', { ...failed, ran: false }],
  ])('ended in a way that nobody knows where the end %s', async (_, exit) => {
    const { lastExit } = lifecycles['crashed, on hold'];
    const { looked } = lookAt({ ...lifecycles.running, lastExit }, exit);
    expect(await looked).toMatchObject({ state: 'crashed', reason: nobody, lastExit: null });
  });

  it('was stopped by a request also where its end was not recorded', async () => {
    const { looked } = lookAt({ ...stopping({}), since: 940_000 });
    expect(await looked).toMatchObject({
      state: 'stopped',
      since: null,
      reason: 'stopped by the operator',
    });
  });

  it('waits for no restart that nobody will make', async () => {
    const held = await lookAt(lifecycles['crashed, on hold']).looked;
    expect(held.lastExit).toEqual(lifecycles['crashed, on hold'].lastExit);
    const { looked, generations } = lookAt({ ...lifecycles.crashed, since: 940_000 });
    expect(await looked).toMatchObject({
      state: 'crashed',
      since: 940_000,
      reason: `exit code 1; ${nobody}`,
      nextAction: null,
    });
    expect(generations).toEqual([]);
  });

  it.each(['stopped', 'error'] as const)('is %s where that was the last word', async (state) => {
    const { looked } = lookAt(lifecycles[state]);
    expect(await looked).toMatchObject({ state, reason: lifecycles[state].reason });
  });

  it('ended neither before it was started nor after it was looked at', async () => {
    const early = await lookAt(lifecycles.running, { ...failed, at: 1 }).looked;
    expect(early.lastExit).toMatchObject({ at: run.startedAt, uptimeMs: 0 });
    const late = lookAt(lifecycles.running, { ...failed, at: Number.MAX_SAFE_INTEGER });
    expect((await late.looked).lastExit?.at).toBe(late.machine.clock.now());
    const startedAt = late.machine.clock.now() + 60_000;
    const clockSetBack = lookAt({ ...lifecycles.running, run: { ...run, startedAt } }, failed);
    expect((await clockSetBack.looked).lastExit).toMatchObject({ uptimeMs: 0 });
  });

  it('is told without the meaning of its end where that cannot be found out', async () => {
    const errors: ProcessError[] = [];
    const { looked } = lookAt(lifecycles.running, failed, {
      classifyExit: () => Promise.reject(new Error('no log')),
      onError: (error) => errors.push(error),
    });
    expect(await looked).toMatchObject({
      lastExit: { lastLine: null },
      reason: `exit code 1; ${nobody}`,
    });
    expect(errors).toMatchObject([{ code: 'CLASSIFY_FAILED' }]);
  });
});
