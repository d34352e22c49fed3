import { fakeClock } from '@wemixvisor/testkit';
import { describe, expect, it, vi } from 'vitest';
import { command, life } from '../test/support/life.ts';
import {
  classifyExit,
  type ClassifyExit,
  type ExitFindings,
  type ProcessEnd,
} from './classify-exit.ts';

const end: ProcessEnd = {
  generation: 1,
  code: 1,
  signal: null,
  at: 5,
  seenAt: 7,
  uptimeMs: 3,
  logMark: 'here',
  lackOfMemory: null,
};

function scene(classify: ClassifyExit) {
  const clock = fakeClock();
  const report = vi.fn();
  const onFindings = vi.fn();
  const cancel = classifyExit(end, { classify, clock, report }, onFindings);
  return { clock, report, onFindings, cancel };
}

describe('classifyExit', () => {
  it('hands over what the classifier found, and leaves no timer', async () => {
    const classify = vi.fn(() => Promise.resolve({ lastLine: 'Fatal: no' }));
    const { clock, onFindings, report } = scene(classify);
    await clock.advance(0);
    expect(onFindings).toHaveBeenCalledExactlyOnceWith({ lastLine: 'Fatal: no' });
    expect(classify).toHaveBeenCalledExactlyOnceWith(end, expect.any(AbortSignal));
    expect(clock.pending).toBe(0);
    expect(report).not.toHaveBeenCalled();
  });

  it('waits 500 ms and not longer, then aborts, reports and goes on without findings', async () => {
    let signal: AbortSignal | undefined;
    const { clock, onFindings, report } = scene((_, given) => {
      signal = given;
      return new Promise<ExitFindings>((_resolve, reject) => {
        given.addEventListener('abort', () => reject(new Error('given up')));
      });
    });
    await clock.advance(499);
    expect(onFindings).not.toHaveBeenCalled();
    expect(signal?.aborted).toBe(false);
    await clock.advance(1);
    expect(signal?.aborted).toBe(true);
    expect(onFindings).toHaveBeenCalledExactlyOnceWith({ lastLine: null });
    expect(report).toHaveBeenCalledOnce();
    expect(report.mock.lastCall?.[0]).toMatchObject({
      code: 'CLASSIFY_FAILED',
      message:
        'the end of the node could not be classified (no answer within 500 ms): its last line and its cause are unknown',
    });
  });

  it.each<[string, ClassifyExit]>([
    ['rejects', () => Promise.reject(new Error('EIO'))],
    [
      'throws at once',
      () => {
        throw new Error('EIO');
      },
    ],
  ])('goes on without findings when the classifier %s', async (_, classify) => {
    const { clock, onFindings, report } = scene(classify);
    await clock.advance(0);
    expect(onFindings).toHaveBeenCalledExactlyOnceWith({ lastLine: null });
    expect(report.mock.lastCall?.[0]).toMatchObject({
      code: 'CLASSIFY_FAILED',
      cause: new Error('EIO'),
    });
    expect(clock.pending).toBe(0);
  });

  it('hands over and reports nothing once it is cancelled, but aborts the classifier', async () => {
    let signal: AbortSignal | undefined;
    let answer: (findings: ExitFindings) => void = () => undefined;
    const { clock, onFindings, report, cancel } = scene((_, given) => {
      signal = given;
      return new Promise((resolve) => (answer = resolve));
    });
    cancel();
    expect(signal?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
    answer({ lastLine: 'late' });
    await clock.advance(1_000);
    expect(onFindings).not.toHaveBeenCalled();
    expect(report).not.toHaveBeenCalled();
  });

  it('does not abort a classifier that has answered', async () => {
    let signal: AbortSignal | undefined;
    const { clock, cancel } = scene((_, given) => {
      signal = given;
      return Promise.resolve({ lastLine: null });
    });
    await clock.advance(0);
    cancel();
    expect(signal?.aborted).toBe(false);
  });
});

/** A life whose ends are looked into for 300 ms of the fake clock. */
function slowLife(ms = 300, changes: Parameters<typeof life>[0] = {}) {
  const ends: ProcessEnd[] = [];
  const own = life(changes, {
    logMark: () => 'mark',
    classifyExit: (end) => {
      ends.push(end);
      return new Promise((resolve) => {
        own.clock.setTimer(() => resolve({ lastLine: 'Fatal: no' }), ms);
      });
    },
  });
  return { ...own, ends, record: () => own.record };
}

describe('supervise with a classifier', () => {
  it('saves the findings in the same write as the exit', async () => {
    const { up, machine, clock, history } = slowLife();
    const node = await up();
    await clock.advance(5_000);
    machine.exit(1);
    await clock.advance(299);
    expect(node.snapshot).toMatchObject({ state: 'running', lastExit: null });
    const before = history.length;
    await clock.advance(1);
    expect(history.slice(before)).toMatchObject([
      { event: { type: 'exited' }, after: { lastExit: { code: 1, lastLine: 'Fatal: no' } } },
    ]);
  });

  it('tells the classifier what ended, how and when', async () => {
    const { up, machine, clock, ends } = slowLife();
    const { generation, startedAt } = (await up()).snapshot;
    await clock.advance(5_000);
    machine.exit('SIGSEGV');
    await clock.advance(0);
    const at = (startedAt ?? 0) + 5_000;
    expect(ends).toEqual([
      {
        generation,
        code: null,
        signal: 'SIGSEGV',
        at,
        seenAt: at,
        uptimeMs: 5_000,
        lackOfMemory: null,
        logMark: 'mark',
      },
    ]);
  });

  it('counts the pause before a restart from the end, not from the classification', async () => {
    const { up, machine, clock } = slowLife();
    const node = await up();
    machine.exit(1);
    await clock.advance(300);
    expect(node.snapshot.nextAction).toEqual({ what: 'restart', at: clock.now() + 700 });
    await clock.advance(699);
    expect(node.snapshot.state).toBe('crashed');
    await clock.advance(1);
    expect(node.snapshot.state).toBe('starting');
  });

  it('restarts at once, and not in the past, when the pause was shorter than the classification', async () => {
    const { up, machine, clock, history } = slowLife(300, { restartDelayMs: 100 });
    const node = await up();
    machine.exit(1);
    await clock.advance(300);
    const crash = history.find(({ after }) => after.state === 'crashed');
    expect(crash?.after.nextAction).toEqual({ what: 'restart', at: clock.now() });
    expect(node.snapshot.state).toBe('starting');
  });

  it('does not let a clock that jumps during the classification change the pause', async () => {
    const { up, machine, clock } = slowLife();
    const node = await up();
    machine.exit(1);
    await clock.advance(0);
    clock.jump(86_400_000);
    await clock.advance(300);
    expect(node.snapshot.state).toBe('crashed');
    await clock.advance(700);
    expect(node.snapshot.state).toBe('starting');
  });

  it('goes on without a last line when the classifier is late, and reports it', async () => {
    const { up, machine, clock, errors } = slowLife(501);
    const node = await up();
    machine.exit(1);
    await clock.advance(500);
    expect(node.snapshot).toMatchObject({ state: 'crashed', lastExit: { lastLine: null } });
    expect(errors.map(({ code }) => code)).toEqual(['CLASSIFY_FAILED']);
    await clock.advance(1);
    expect(node.snapshot.lastExit?.lastLine).toBeNull();
  });

  it('joins a stop that comes during the wait, which ended nothing', async () => {
    const { up, machine, clock } = slowLife();
    const node = await up();
    machine.exit(1);
    await clock.advance(100);
    const stopped = node.stop();
    expect(node.snapshot.state).toBe('stopping');
    await clock.advance(200);
    expect(await stopped).toMatchObject({
      state: 'stopped',
      lastExit: { code: 1, cause: 'unasked', lastLine: 'Fatal: no' },
    });
    expect(machine.signals).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('signals nobody when force comes during the wait, and says that no force ended the node', async () => {
    const { up, machine, clock } = slowLife();
    const node = await up();
    machine.exit('SIGKILL');
    await clock.advance(100);
    machine.reusePids();
    const stopped = node.stop({ force: true });
    await clock.advance(200);
    expect(await stopped).toMatchObject({
      state: 'stopped',
      lastExit: { signal: 'SIGKILL', cause: 'unasked' },
    });
    expect(machine.signals).toEqual([]);
  });

  it('lets a restart that comes during the wait follow it', async () => {
    const { up, machine, clock } = slowLife();
    const node = await up();
    machine.exit(1);
    await clock.advance(100);
    expect(await node.restart({ cause: 'operator' })).toBe('accepted');
    await clock.advance(200);
    expect(node.snapshot).toMatchObject({
      state: 'starting',
      generation: 2,
      restarts: { crash: 0, operator: 1 },
      lastExit: { cause: 'unasked' },
    });
  });

  it('changes nothing after it was disposed of during the wait', async () => {
    const { up, machine, clock, errors, history } = slowLife(600);
    const node = await up();
    machine.exit(1);
    await clock.advance(100);
    const before = history.length;
    node.dispose();
    await clock.advance(1_000);
    expect(history).toHaveLength(before);
    expect(node.snapshot.state).toBe('running');
    expect(errors).toEqual([]);
  });

  it('looks into an end that a successor finds, also when the predecessor died during the wait', async () => {
    const { up, machine, clock, ends, kill, supervisor } = slowLife();
    await up();
    machine.exit(1);
    await clock.advance(100);
    kill();
    const node = await supervisor();
    expect(node.snapshot).toMatchObject({
      state: 'crashed',
      lastExit: { code: 1, lastLine: 'Fatal: no' },
    });
    expect(ends).toHaveLength(2);
    expect(ends[1]).toMatchObject({ at: ends[0]?.at, seenAt: (ends[0]?.seenAt ?? 0) + 100 });
  });

  it('looks into the end of a node that was stopped', async () => {
    const { up, clock } = slowLife();
    const node = await up();
    const stopped = node.stop();
    await clock.advance(300);
    expect((await stopped).lastExit).toMatchObject({ cause: 'asked', lastLine: 'Fatal: no' });
  });

  it('does not look into the end of a child that never became the node', async () => {
    const { supervisor, disk, clock, machine, ends } = slowLife();
    const node = await supervisor();
    disk.full = true;
    void node.start(command);
    await clock.advance(0);
    expect(machine.executions()).toBe(0);
    expect(node.snapshot.state).toBe('crashed');
    expect(ends).toEqual([]);
  });

  it('does not look into the end of a child that a predecessor never let become the node', async () => {
    const { supervisor, clock, kill, machine, ends } = slowLife();
    const first = await supervisor();
    kill(2); // the child is announced, and never released
    void first.start(command).catch(() => undefined);
    await clock.advance(0);
    kill();
    const second = await supervisor();
    await clock.advance(0);
    expect(second.snapshot).toMatchObject({ state: 'starting', lastExit: null });
    expect(machine.executions()).toBe(1);
    expect(ends).toEqual([]);
  });

  it('does not wait where there is no classifier', async () => {
    const { up, machine, clock, errors } = life();
    const node = await up();
    machine.exit(1);
    await clock.advance(0);
    expect(node.snapshot).toMatchObject({ state: 'crashed', lastExit: { lastLine: null } });
    await clock.advance(0);
    expect(errors).toEqual([]);
  });
});
