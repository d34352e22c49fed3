import { signalProcess } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { fakeInstallation } from '../harness/fake-installation.ts';
import { until } from '../harness/until.ts';
import { isWatched, type Status } from '../harness/installation.ts';

interface Homes {
  readonly homes: readonly { readonly home: string; readonly status: Status | null }[];
}

it('ps finds a node whose supervisor was killed, and is not held up by one that is paused', async () => {
  await using killed = await fakeInstallation();
  await using paused = await fakeInstallation();
  for (const one of [killed, paused]) await one.run(...one.startWords());
  const { supervisor_pid: supervisor, pid } = await killed.status();
  signalProcess(supervisor, 'SIGKILL');
  await until(killed, (status) => !isWatched(status), 'the end of the supervisor');
  const { supervisor_pid: hung } = await paused.status();
  signalProcess(hung, 'SIGSTOP');
  try {
    const ps = await killed.run('ps', '--json');
    const { homes } = JSON.parse(ps.stdout) as Homes;
    const statusOf = (home: string) => homes.find((one) => one.home === home)?.status;
    expect(statusOf(killed.home)).toMatchObject({ state: 'running', pid, supervisor_pid: null });
    expect(statusOf(paused.home)).toBeNull();
    expect(ps.code).toBe(4);
  } finally {
    signalProcess(hung, 'SIGCONT');
  }
});
