import { execFileSync } from 'node:child_process';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { fakeInstallation, type FakeInstallation } from '../harness/fake-installation.ts';
import { outcomeOf } from '../harness/installation.ts';
import { everyProcess, killed } from '../harness/processes.ts';

const container = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'] as const;

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

/** `start --foreground` as process 1 of a container: the container, and process 1 as seen from outside. */
async function asProcessOne(wemixvisor: FakeInstallation, ...options: readonly string[]) {
  const [, ...words] = wemixvisor.startWords(...options);
  const outside = wemixvisor.spawnBy([...container], 'start', '--foreground', ...words);
  const outcome = outcomeOf(outside);
  const inside = await waitFor(() => everyProcess().find(({ parent }) => parent === outside.pid));
  const children = () => everyProcess().filter(({ parent }) => parent === inside.pid);
  const zombies = () => children().filter(({ state }) => state === 'Z');
  return { outcome, inside: inside.pid, children, zombies };
}

const title = 'as process 1 of a container';

describe
  .skipIf(missing !== null)
  .concurrent(missing === null ? title : `${title}: ${missing}`, () => {
    it('forwards SIGTERM once and ends with the code of the node', async () => {
      await using wemixvisor = await fakeInstallation({ FAKE_GETH_STOP_MS: '300' });
      const { outcome, inside } = await asProcessOne(wemixvisor);
      await wemixvisor.until(({ state }) => state === 'running', 'the node');
      killed(inside, 'SIGTERM');
      const { code, stdout } = await outcome;
      expect(code).toBe(0);
      expect(stdout.split('Got interrupt')).toHaveLength(2);
      expect(stdout).not.toContain('Already shutting down');
    });

    it('ends with the code of a node that ends by itself', async () => {
      await using wemixvisor = await fakeInstallation({ FAKE_GETH_EXIT_CODE: '42' });
      const { outcome } = await asProcessOne(
        wemixvisor,
        ...['--no-auto-restart', '--env', 'FAKE_GETH_CRASH_AFTER_MS=100'],
      );
      expect(await outcome).toMatchObject({ code: 42 });
    });

    it('leaves no zombie behind while the node crashes and comes back', async () => {
      await using wemixvisor = await fakeInstallation();
      const { outcome, inside, children, zombies } = await asProcessOne(
        wemixvisor,
        ...['--restart-delay', '20ms'],
      );
      for (const crashes of [1, 2, 3]) {
        const before = await wemixvisor.until(({ state }) => state === 'running', 'the node');
        const [recorder] = children();
        const [node] = everyProcess().filter(({ parent }) => parent === recorder?.pid);
        killed(node?.pid ?? 0);
        const back = await wemixvisor.until(
          ({ state, pid }) => state === 'running' && pid !== before.pid,
          `node ${crashes + 1}`,
        );
        expect(back.restarts.crash).toBe(crashes);
      }
      await waitFor(() => zombies().length === 0, { what: 'the zombies to go' });
      killed(inside, 'SIGTERM');
      expect(await outcome).toMatchObject({ code: 0 });
    });

    it('takes a zombie that nobody can wait for as gone, and brings the node back', async () => {
      await using wemixvisor = await fakeInstallation();
      const { outcome, inside, children, zombies } = await asProcessOne(
        wemixvisor,
        ...['--restart-delay', '20ms'],
      );
      const before = await wemixvisor.until(({ state }) => state === 'running', 'the node');
      const [recorder] = children();
      const [node] = everyProcess().filter(({ parent }) => parent === recorder?.pid);
      // Without its recorder the node is process 1's child, and Node can only wait for what it spawned itself.
      killed(recorder?.pid ?? 0);
      await waitFor(() => children().some(({ pid }) => pid === node?.pid), { what: 'the orphan' });
      killed(node?.pid ?? 0);
      await wemixvisor.until(
        ({ state, pid }) => state === 'running' && pid !== before.pid,
        'the second node',
      );
      expect(zombies().map(({ pid }) => pid)).toEqual([node?.pid]);
      killed(inside, 'SIGTERM');
      const { code, stdout } = await outcome;
      expect(code).toBe(0);
      expect(stdout).toContain('Blockchain stopped');
    });
  });
