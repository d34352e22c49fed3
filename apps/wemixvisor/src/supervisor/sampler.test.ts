import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeSite, journalOf, settingsOf } from '../../test/fake-supervisor.ts';
import { healthOf } from '../../test/health-of.ts';
import { createSampleSeries } from '../report/sample-series.ts';
import type { SamplerPorts } from './ports.ts';

const second = 1_000;
const minute = 60 * second;

/** A home whose sampler goes by the machine's clock and measures what the test says. */
async function sampledSite() {
  const site = await fakeSite();
  const { clock } = site.machine;
  const usage = { cpuPercent: 1, memoryBytes: 2, cpuMs: 3 };
  const measured: number[] = [];
  const writes: number[] = [];
  const meter: SamplerPorts['meter'] = (_pid, _startedAt, now) => {
    measured.push(now);
    return usage;
  };
  const write: SamplerPorts['write'] = (_file, bytes) => {
    writes.push(bytes.length);
    return Promise.resolve();
  };
  site.sampler = { clock, meter, write };
  return { site, clock, measured, writes };
}

const fresh = (now: number) => healthOf({ timestamp: new Date(now).toISOString() });

describe('the sampler', () => {
  it('has no timer while there is no node', async () => {
    const { site, clock, measured } = await sampledSite();
    const supervisor = await site.supervise();
    const before = clock.pending;
    await clock.advance(minute);
    expect(measured).toEqual([]);
    await supervisor.started();
    await clock.advance(minute);
    expect(measured.length).toBeGreaterThan(10);
    await supervisor.operations.stop({});
    const after = measured.length;
    await clock.advance(minute);
    expect(measured).toHaveLength(after);
    expect(clock.pending).toBe(before);
  });

  it('takes a sample in the middle of each step, and asks the node nothing', async () => {
    const { site, clock, measured } = await sampledSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const calls = supervisor.monitor.calls.length;
    await clock.advance(minute);
    const [first = 0, ...samples] = measured;
    expect(samples.length).toBeGreaterThanOrEqual(11);
    for (const at of samples) expect(at % (5 * second)).toBe(2.5 * second);
    expect(first).toBeLessThan(samples[0] ?? 0);
    expect(supervisor.monitor.calls).toHaveLength(calls);
  });

  it('knows nothing of a check that is older than the next one should be', async () => {
    const { site, clock } = await sampledSite();
    const saved = createSampleSeries();
    site.sampler = {
      ...site.sampler,
      write: (_file, bytes) => Promise.resolve(void saved.restore(bytes)),
    };
    const supervisor = await site.supervise();
    const settings = settingsOf({ healthCheckInterval: '10s', healthCheckTimeout: '1s' });
    await supervisor.started({ settings });
    supervisor.monitor.find(fresh(clock.now()));
    await clock.advance(40 * second);
    supervisor.end();
    await supervisor.ended;
    const { values } = saved.window(5_000, clock.now());
    expect(values.memory_bytes.every((value) => value === 2)).toBe(true);
    expect(values.head.slice(0, 2)).toEqual([1_000, 1_000]);
    expect(values.head.slice(-3)).toEqual([null, null, null]);
  });

  it('writes every five minutes and at its end, and nothing without a sample', async () => {
    const { site, clock, writes } = await sampledSite();
    const idle = await site.supervise();
    idle.end();
    await idle.ended;
    expect(writes).toEqual([]);
    const supervisor = await site.supervise();
    await supervisor.started();
    await clock.advance(5 * minute + 10 * second);
    expect(writes).toHaveLength(1);
    await clock.advance(4 * minute);
    expect(writes).toHaveLength(1);
    supervisor.end();
    await supervisor.ended;
    expect(writes).toHaveLength(2);
    expect(writes[1]).toBe(writes[0]);
    expect(writes[0]).toBeLessThan(64 * 1_024);
  });

  it('goes on where an earlier supervisor ended', async () => {
    const { site, clock } = await sampledSite();
    delete (site.sampler as { write?: unknown }).write;
    const first = await site.supervise();
    await first.started();
    await clock.advance(minute);
    first.end();
    await first.ended;
    expect(statSync(site.paths.samples).mode & 0o777).toBe(0o600);
    const saved = createSampleSeries();
    site.sampler = {
      ...site.sampler,
      write: (_file, bytes) => Promise.resolve(void saved.restore(bytes)),
    };
    await clock.advance(20 * second);
    const next = await site.supervise();
    await clock.advance(minute);
    next.end();
    await next.ended;
    const { memory_bytes: memory } = saved.window(5_000, clock.now()).values;
    expect(memory.length).toBeGreaterThanOrEqual(26);
    expect(memory.filter((value) => value === null).length).toBeGreaterThanOrEqual(3);
    expect(memory.filter((value) => value === 2).length).toBeGreaterThanOrEqual(22);
  });

  it.each([
    [
      'a file of something else',
      (file: string) => writeFileSync(file, 'hello'),
      'it is no time series',
    ],
    ['a folder', (file: string) => mkdirSync(file), 'it is no regular file'],
    [
      'a large file',
      (file: string) => writeFileSync(file, Buffer.alloc(70_000)),
      'it has more than',
    ],
  ])('begins anew where there is %s, and says so', async (_, make, why) => {
    const { site } = await sampledSite();
    mkdirSync(dirname(site.paths.samples), { recursive: true, mode: 0o700 });
    make(site.paths.samples);
    const supervisor = await site.supervise();
    const notice = journalOf(site.paths).find(({ event }) => event === 'notice');
    expect(notice?.['msg']).toContain(`${site.paths.samples} is not used: ${why}`);
    expect(supervisor.operations.samples({ window: '15m' }).newest_at).toBeNull();
  });

  it('goes on in memory where the disk is full, and says so once', async () => {
    const { site, clock } = await sampledSite();
    let tries = 0;
    site.sampler = {
      ...site.sampler,
      write: () => {
        tries += 1;
        return Promise.reject(new Error('ENOSPC: no space left on device'));
      },
    };
    const supervisor = await site.supervise();
    await supervisor.started();
    await clock.advance(16 * minute);
    supervisor.end();
    await supervisor.ended;
    expect(tries).toBeGreaterThanOrEqual(3);
    expect(existsSync(site.paths.samples)).toBe(false);
    const notices = supervisor.seen.filter(
      (event) => event.type === 'notice' && event.text.startsWith('the samples stay in memory'),
    );
    expect(notices).toMatchObject([{ text: expect.stringContaining('ENOSPC') as string }]);
  });

  it('measures seldom where a program is run for it', async () => {
    const { site, clock, measured } = await sampledSite();
    const supervisor = await site.supervise({ platform: 'darwin' });
    await supervisor.started();
    await clock.advance(3 * minute);
    expect(measured.length).toBeGreaterThanOrEqual(6);
    expect(measured.length).toBeLessThanOrEqual(8);
  });

  it('samples on when the clock is put back or forward', async () => {
    const { site, clock, measured } = await sampledSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    for (const jump of [-3_600 * second, 7_200 * second]) {
      clock.jump(jump);
      const before = measured.length;
      await clock.advance(minute);
      expect(measured.length).toBeGreaterThanOrEqual(before + 11);
    }
  });
});
