import { fakeClock } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { createDiskSpaceMonitor } from './disk-space-monitor.ts';
import type { StoreEvent } from './store-event.ts';

it('reports once below 1 MiB, and once when there is room again, and for how long there was none', async () => {
  const mebibyte = 1024 * 1024;
  const clock = fakeClock();
  const events: StoreEvent[] = [];
  let free = mebibyte;
  const monitor = createDiskSpaceMonitor(
    () => free,
    clock,
    (event) => events.push(event),
  );
  const checkAt = async (bytes: number): Promise<boolean> => {
    free = bytes;
    monitor.check();
    await clock.advance(60_000);
    return monitor.isFull();
  };
  expect(await checkAt(mebibyte)).toBe(false);
  expect(events).toEqual([]);
  expect(await checkAt(mebibyte - 1)).toBe(true);
  expect(await checkAt(0)).toBe(true);
  clock.jump(-3_600_000);
  expect(await checkAt(mebibyte)).toBe(false);
  expect(await checkAt(mebibyte)).toBe(false);
  expect(events).toEqual([
    { type: 'disk-full', freeBytes: mebibyte - 1 },
    { type: 'disk-recovered', freeBytes: mebibyte, fullMs: 120_000 },
  ]);
});
