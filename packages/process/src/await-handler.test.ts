import { fakeClock } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { awaitHandler } from './await-handler.ts';
import type { Platform } from './platform/platform.ts';

const geth = { pid: 7, startTime: '1', bootId: 'b', executable: '/geth' };

/** A wait of up to a minute for a process that takes its time. */
function wait() {
  const clock = fakeClock();
  const state = { awaits: true, alive: true };
  const platform = {
    identify: () => (state.alive ? geth : undefined),
    awaitsHandler: () => state.awaits,
  } as Partial<Platform> as Platform;
  const told: string[] = [];
  const begin = () =>
    awaitHandler(
      geth,
      { waitMs: 60_000, onWait: () => told.push('waits'), onOver: () => told.push('over') },
      { clock, platform },
    );
  return { clock, state, told, begin };
}

describe('awaitHandler', () => {
  it('is over at once, within the call, for a process that can take signals', () => {
    const { state, told, begin } = wait();
    state.awaits = false;
    begin();
    expect(told).toEqual(['over']);
  });

  it('says once that it waits, and is over 200 ms after the look that found a handler', async () => {
    const { clock, state, told, begin } = wait();
    begin();
    await clock.advance(10_000);
    expect(told).toEqual(['waits']);
    state.awaits = false;
    await clock.advance(249);
    expect(told).toEqual(['waits']);
    await clock.advance(1);
    expect(told).toEqual(['waits', 'over']);
    await clock.advance(100_000);
    expect(told).toEqual(['waits', 'over']);
  });

  it('is over when the process is gone, and after its limit', async () => {
    const gone = wait();
    gone.begin();
    gone.state.alive = false;
    await gone.clock.advance(250);
    expect(gone.told).toEqual(['waits', 'over']);
    const late = wait();
    late.begin();
    await late.clock.advance(59_950);
    expect(late.told).toEqual(['waits']);
    await late.clock.advance(250);
    expect(late.told).toEqual(['waits', 'over']);
  });

  it('tells nothing once it is cancelled', async () => {
    const { clock, state, told, begin } = wait();
    const cancel = begin();
    cancel();
    state.awaits = false;
    await clock.advance(100_000);
    expect(told).toEqual(['waits']);
  });
});
