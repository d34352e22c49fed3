import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { fakeInstallation, type FakeInstallation } from '../harness/fake-installation.ts';
import { outcomeOf } from '../harness/installation.ts';
import { everyProcess, killed } from '../harness/processes.ts';

const container = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'] as const;

/** The entry point that the package has for containers; from Node 22.15 on the program starts it by itself. */
const init = fileURLToPath(new URL('../../wemixvisor/init.sh', import.meta.url));

/** Why there can be no container here; null where there can. */
function obstacle(): string | null {
  try {
    const [program, ...options] = container;
    execFileSync(program, [...options, 'true'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'a PID namespace needs Linux, unshare(1) and root';
  }
}

const missing = obstacle();

/** `start --foreground` in a container, by its init: process 1 and the supervisor as seen from outside. */
async function inContainer(wemixvisor: FakeInstallation, ...options: readonly string[]) {
  const [, ...words] = wemixvisor.startWords(...options);
  const outside = wemixvisor.spawnBy([...container, init], 'start', '--foreground', ...words);
  const outcome = outcomeOf(outside);
  const childOf = (pid: number | undefined) =>
    waitFor(() => everyProcess().find(({ parent }) => parent === pid));
  const first = await childOf(outside.pid);
  const supervisor = await childOf(first.pid);
  const children = (pid: number) => everyProcess().filter(({ parent }) => parent === pid);
  return {
    outcome,
    first: first.pid,
    orphans: () => children(first.pid).filter(({ pid }) => pid !== supervisor.pid),
    recorder: () => children(supervisor.pid)[0],
    zombies: () =>
      [...children(first.pid), ...children(supervisor.pid)].filter(({ state }) => state === 'Z'),
  };
}

const title = 'in a container';

describe
  .skipIf(missing !== null)
  .concurrent(missing === null ? title : `${title}: ${missing}`, () => {
    it('forwards SIGTERM once and ends with the code of the node', async () => {
      await using wemixvisor = await fakeInstallation({ FAKE_GETH_STOP_MS: '300' });
      const { outcome, first } = await inContainer(wemixvisor);
      await wemixvisor.until(({ state }) => state === 'running', 'the node');
      killed(first, 'SIGTERM');
      const { code, stdout } = await outcome;
      expect(code).toBe(0);
      expect(stdout.split('Got interrupt')).toHaveLength(2);
      expect(stdout).not.toContain('Already shutting down');
    });

    it('ends with the code of a node that ends by itself', async () => {
      await using wemixvisor = await fakeInstallation({ FAKE_GETH_EXIT_CODE: '42' });
      const { outcome } = await inContainer(
        wemixvisor,
        ...['--no-auto-restart', '--env', 'FAKE_GETH_CRASH_AFTER_MS=100'],
      );
      expect(await outcome).toMatchObject({ code: 42 });
    });

    it('leaves no zombie behind while the node crashes and comes back', async () => {
      await using wemixvisor = await fakeInstallation();
      const { outcome, first, recorder, zombies } = await inContainer(
        wemixvisor,
        ...['--restart-delay', '20ms'],
      );
      for (const crashes of [1, 2, 3]) {
        const before = await wemixvisor.until(({ state }) => state === 'running', 'the node');
        const [node] = everyProcess().filter(({ parent }) => parent === recorder()?.pid);
        killed(node?.pid);
        const back = await wemixvisor.until(
          ({ state, pid }) => state === 'running' && pid !== before.pid,
          `node ${crashes + 1}`,
        );
        expect(back.restarts.crash).toBe(crashes);
      }
      await waitFor(() => zombies().length === 0, { what: 'the zombies to go' });
      killed(first, 'SIGTERM');
      expect(await outcome).toMatchObject({ code: 0 });
    });

    it('collects a node whose recorder was killed, and brings the node back', async () => {
      await using wemixvisor = await fakeInstallation();
      const { outcome, first, orphans, recorder, zombies } = await inContainer(
        wemixvisor,
        ...['--restart-delay', '20ms'],
      );
      const before = await wemixvisor.until(({ state }) => state === 'running', 'the node');
      const watching = recorder()?.pid;
      const [node] = everyProcess().filter(({ parent }) => parent === watching);
      // Without its recorder the node is process 1's child, and Node could not wait for it there.
      killed(watching);
      await waitFor(() => orphans().some(({ pid }) => pid === node?.pid), { what: 'the orphan' });
      killed(node?.pid);
      await wemixvisor.until(
        ({ state, pid }) => state === 'running' && pid !== before.pid,
        'the second node',
      );
      await waitFor(() => zombies().length === 0, { what: 'the zombie to go' });
      killed(first, 'SIGTERM');
      const { code, stdout } = await outcome;
      expect(code).toBe(0);
      expect(stdout).toContain('Blockchain stopped');
    });
  });
