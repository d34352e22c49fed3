import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signalProcess, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { workplace, type Workplace } from './workplace.ts';

const swift = [
  ...['--health-check-interval', '150ms', '--health-check-timeout', '1s'],
  ...['--health-failure-threshold', '2'],
];

const reportsOf = ({ paths }: Workplace) =>
  readdirSync(paths.crashes).map(
    (name) => JSON.parse(readFileSync(join(paths.crashes, name), 'utf8')) as { cause: string },
  );

/** Waits until the status has a health that fits. */
const healthThat = (
  place: Workplace,
  fits: (health: NonNullable<Awaited<ReturnType<Workplace['status']>>['health']>) => boolean,
) =>
  waitFor(
    async () => {
      const status = await place.status();
      return status.health !== null && fits(status.health) ? status : null;
    },
    { what: 'a health that fits' },
  );

describe('health of a supervised node', () => {
  it('tells a database repair, which the log speaks of, from a start', async () => {
    const place = await workplace();
    place.control({ rpc: 'off' });
    place.begin('start', '--foreground', '--', ...place.nodeArguments);
    await place.reaches('starting');
    const [day, time] = new Date().toISOString().slice(5, 23).split('T');
    const say = `WARN [${day ?? ''}|${time ?? ''}] Head state missing, repairing     number=1000\n`;
    place.control({ rpc: 'off', say });
    const { state } = await healthThat(place, ({ phase }) => phase === 'database repair');
    expect(state).toBe('starting');
    expect((await place.run('status')).stdout).toMatch(/^Health: +unknown \(the node repairs/m);
    place.control({ rpc: 'on' });
    await place.reaches('running');
    await healthThat(place, ({ phase }) => phase === 'synced');
  });

  it('restarts a node that fell silent, writes down how it was first, and stays within its budget', async () => {
    const place = await workplace();
    await place.supervised(...swift);
    const well = await healthThat(place, ({ status }) => status === 'healthy');
    signalProcess(well.pid ?? 0, 'SIGSTOP');
    const again = await waitFor(
      async () => {
        const seen = await place.status();
        return seen.state === 'running' && seen.pid !== well.pid ? seen : null;
      },
      { what: 'another process' },
    );
    expect(again).toMatchObject({
      restarts: { health: 1, crash: 0 },
      // It was suspended, not stuck: it went on to end cleanly.
      last_exit: { code: 0, forced: false },
    });
    expect(reportsOf(place).map(({ cause }) => cause)).toEqual(['health']);
    await healthThat(place, ({ status }) => status === 'healthy');
    signalProcess(again.pid ?? 0, 'SIGSTOP');
    const refused = await healthThat(place, ({ status }) => status === 'unhealthy');
    expect(refused.health?.next).toMatch(/^it is not restarted before 20.*limited$/);
    expect(refused).toMatchObject({ pid: again.pid, restarts: { health: 1 } });
    signalProcess(again.pid ?? 0, 'SIGCONT');
    await healthThat(place, ({ status }) => status === 'healthy');
    expect(reportsOf(place)).toHaveLength(1);
  });

  it.each(['dry-run', 'off'] as const)(
    'only says what it sees with --health-restart=%s',
    async (mode) => {
      const place = await workplace();
      await place.supervised(...swift, `--health-restart=${mode}`);
      const { pid } = await healthThat(place, ({ status }) => status === 'healthy');
      signalProcess(pid ?? 0, 'SIGSTOP');
      const { health } = await healthThat(place, ({ status }) => status === 'unhealthy');
      expect(health?.next).toContain(mode === 'off' ? 'are off' : 'it would be restarted now');
      signalProcess(pid ?? 0, 'SIGCONT');
      const well = await healthThat(place, ({ status }) => status === 'healthy');
      expect(well).toMatchObject({ pid, restarts: { health: 0 } });
      expect(readFileSync(place.paths.journal, 'utf8')).toContain(`"outcome":"${mode}"`);
    },
  );

  it('asks where the new arguments say after a restart with others', async () => {
    const place = await workplace();
    await place.supervised(...swift);
    await healthThat(place, ({ status }) => status === 'healthy');
    const elsewhere = join(place.path, 'other.ipc');
    const restart = await place.run(
      'restart',
      '--',
      ...place.nodeArguments,
      '--ipcpath',
      elsewhere,
    );
    expect(restart).toMatchObject({ code: 0 });
    const { endpoint } = await healthThat(place, ({ status }) => status === 'healthy');
    expect(endpoint).toBe(elsewhere);
  });
});
