import { fakeClock } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { completeOptions } from './options.ts';
import type { Writers } from './rotate/writers.ts';
import { createWatchLoop, nextRoundMs } from './watch-loop.ts';

describe('nextRoundMs', () => {
  it.each([
    ['twice the last wait for a quiet log', 1000, 0, 100, 200],
    ['at most a second', 1e9, 80, 1000, 1000],
    ['when the log will be full', 1000, 1000, 100, 100],
    ['when the log will be full, soon', 500, 1000, 100, 50],
    ['at least 20 ms', -1, 1000, 100, 20],
    ['at least 20 ms after no time', 1000, 0, 0, 20],
  ])('is %s', (_, remaining, grown, elapsed, delay) => {
    expect(nextRoundMs(remaining, grown, elapsed)).toBe(delay);
  });
});

describe('a watch loop', () => {
  const maxSizeBytes = 10_000;

  /** A loop over a log of which the test sets the size; `rounds` are the moments of its rounds. */
  function startLoop() {
    const clock = fakeClock();
    const rounds: number[] = [];
    const asked: Writers[] = [];
    const log = { bytes: 0, moved: 0 };
    const maintenance = {
      maintain: async (writers: () => Writers) => {
        rounds.push(clock.monotonic());
        asked.push(writers());
        await Promise.resolve();
      },
      liveBytes: () => log.bytes,
      movedBytes: () => log.moved,
      options: () => completeOptions({ directory: '/logs', name: 'node', maxSizeBytes }),
    };
    return { loop: createWatchLoop(maintenance, clock), clock, rounds, asked, log };
  }

  it('looks at a quiet log ever more rarely, down to once a second', async () => {
    const { loop, clock, rounds } = startLoop();
    loop.start(() => null);
    await clock.advance(4000);
    expect(rounds).toEqual([0, 20, 60, 140, 300, 620, 1260, 2260, 3260]);
  });

  it('looks again when a growing log will be full', async () => {
    const { loop, clock, rounds, log } = startLoop();
    loop.start(() => null);
    await clock.advance(1260);
    log.bytes = 9000;
    await clock.advance(1000);
    rounds.length = 0;
    // 9,000 bytes a second fill the last 1,000 in 111 ms.
    await clock.advance(112);
    expect(rounds).toHaveLength(1);
  });

  it('takes a log that shrank for all new', async () => {
    const { loop, clock, rounds, log } = startLoop();
    log.bytes = 9500;
    loop.start(() => null);
    await clock.advance(1260);
    log.bytes = 5000;
    await clock.advance(1000);
    rounds.length = 0;
    await clock.advance(999);
    expect(rounds).toHaveLength(0);
    await clock.advance(1);
    expect(rounds).toHaveLength(1);
  });

  it('counts what was rotated as grown', async () => {
    const { loop, clock, rounds, log } = startLoop();
    loop.start(() => null);
    await clock.advance(1260);
    log.bytes = 5000;
    log.moved = 45_000;
    await clock.advance(1000);
    rounds.length = 0;
    // 50,000 bytes a second fill the last 5,000 in 100 ms.
    await clock.advance(101);
    expect(rounds).toHaveLength(1);
  });

  it('asks for the writers given last, and starts no second loop', async () => {
    const { loop, clock, asked } = startLoop();
    loop.start(() => null);
    loop.start(() => 'this-thread');
    await clock.advance(0);
    expect(asked).toEqual(['this-thread']);
    expect(clock.pending).toBe(1);
  });

  it('ends when stopped, also during a round', async () => {
    const { loop, clock, rounds } = startLoop();
    loop.start(() => null);
    await clock.advance(100);
    loop.stop();
    expect(clock.pending).toBe(0);
    loop.start(() => {
      loop.stop();
      return null;
    });
    rounds.length = 0;
    await clock.advance(5000);
    expect(rounds).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});
