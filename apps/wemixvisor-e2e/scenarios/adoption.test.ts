import { signalProcess, waitFor } from '@wemixvisor/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anvil } from '../harness/clients.ts';
import { installation, isWatched, type Installation } from '../harness/installation.ts';
import { until } from '../harness/until.ts';

const running = async (wemixvisor: Installation) => {
  const client = await anvil();
  const options = [
    '--binary',
    client.binary,
    '--rpc-url',
    client.rpcUrl,
    '--restart-delay',
    '200ms',
  ];
  const start = ['start', ...options, '--', ...client.args];
  expect(await wemixvisor.run(...start)).toMatchObject({ code: 0 });
  return start;
};

/** One node, which each test leaves running under a supervisor. */
describe('adoption', () => {
  let wemixvisor: Installation;
  let start: readonly string[];
  beforeAll(async () => {
    wemixvisor = await installation();
    start = await running(wemixvisor);
  });
  afterAll(() => wemixvisor[Symbol.asyncDispose]());

  it('takes the same node up again after a kill -9 of the supervisor', async () => {
    const follower = wemixvisor.spawn('events', '-f', '-n', 'all', '--json');
    let followed = '';
    follower.stdout?.on('data', (text: Buffer) => (followed += text.toString()));
    const before = await wemixvisor.status();
    signalProcess(before.supervisor_pid, 'SIGKILL');
    await until(wemixvisor, (status) => !isWatched(status), 'the end of the supervisor');
    expect(await wemixvisor.status()).toMatchObject({ state: 'running', pid: before.pid });

    const again = await wemixvisor.run(...start);
    expect(again.code).toBe(0);
    const after = await wemixvisor.status();
    expect(after).toMatchObject({
      state: 'running',
      pid: before.pid,
      adopted: true,
      started_at: before['started_at'],
      generation: before.generation,
    });
    expect(after.supervisor_pid).not.toBe(before.supervisor_pid);

    const { stdout: events } = await wemixvisor.run('events', '-n', 'all', '--json');
    await waitFor(() => followed.startsWith(events), { what: 'every event once and in order' });
    follower.kill('SIGINT');
    expect(events.match(/"event":"supervisor-started"/g)).toHaveLength(2);
  });

  it('learns how the node ended while nobody watched', async () => {
    const before = await wemixvisor.status();
    const detached = await wemixvisor.run('detach');
    expect(detached.stdout).toContain(`the node (pid ${before.pid}) keeps running`);
    await until(wemixvisor, (status) => !isWatched(status), 'the end of the supervisor');
    signalProcess(before.pid, 'SIGKILL');
    await until(wemixvisor, ({ state }) => state === 'crashed', 'the crash');

    expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });
    const after = await wemixvisor.status();
    expect(after).toMatchObject({ state: 'running', last_exit: { signal: 'SIGKILL', code: null } });
    expect(after.pid).not.toBe(before.pid);
  });
});
