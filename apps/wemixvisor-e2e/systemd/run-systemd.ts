import { bootMachine, obstacle } from './machine.ts';
import { steps } from './service.ts';

/** Where the command reads from and writes to. */
export interface SystemdContext {
  readonly args: readonly string[];
  readonly say: (line: string) => void;
}

/**
 * Plays the life of a service under a real systemd, in a container that systemd-nspawn boots from a copy of the root folder that the first
 * argument names. Where that cannot be done it says so. Returns the exit code.
 */
export async function runSystemd({ args: [root], say }: SystemdContext): Promise<number> {
  const missing = obstacle(root);
  if (root === undefined || missing !== null) {
    say(`skipped, as it ${missing ?? 'has no root folder'}`);
    return 0;
  }
  const begun = performance.now();
  await using machine = await bootMachine(root);
  const { stdout } = await machine.run('systemctl', '--version');
  say(
    `${stdout.split('\n')[0] ?? ''}, booted after ${((performance.now() - begun) / 1_000).toFixed(1)} s`,
  );
  for (const [title, play] of steps) {
    try {
      say(`ok: ${title}: ${await play(machine)}`);
    } catch (error) {
      say(`FAILED: ${title}: ${error instanceof Error ? error.message : String(error)}`);
      const journal = await machine.run(
        'journalctl',
        '--unit=wemixvisor',
        '--lines=40',
        '--no-pager',
      );
      say(journal.stdout);
      return 1;
    }
  }
  say(`${steps.length} steps in ${Math.round((performance.now() - begun) / 1_000)} s`);
  return 0;
}
