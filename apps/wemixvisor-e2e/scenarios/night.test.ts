import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { fakeInstallation, type FakeInstallation } from '../harness/fake-installation.ts';
import { outcomeOf } from '../harness/installation.ts';
import type { Status } from '../harness/installation.ts';
import { memoryLimit } from '../harness/memory-limit.ts';
import { killed } from '../harness/processes.ts';

const isHeld = (status: Status) =>
  JSON.stringify(status['next_action'] ?? null).includes('"check"');
const isCrashed = ({ state }: Status) => state === 'crashed';

/** What `explain` says, line by line, and that it ends with 1; times, ages and pids by their names. */
async function explained({ run }: Pick<FakeInstallation, 'run'>): Promise<readonly string[]> {
  const { code, stdout, stderr } = await run('explain');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  return stdout
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'TIME')
    .replaceAll(/(\(|in )(?:\d+[hms] ?)+\)/g, '$1AGE)')
    .replaceAll(/taken by \S.* \(pid \d+\)/g, 'taken by HOLDER')
    .replaceAll(/Killed process \d+ \(.*/g, 'Killed process PID')
    .trimEnd()
    .split('\n');
}

const restarted = 'Next:      it is started again (in AGE)';
const held = 'Next:      it starts by itself when the cause is gone, checked every 10 s';
const typed = [
  'Type:      wemixvisor crashes show   # shows what it said',
  'Type:      wemixvisor start   # tries it now',
  'Type:      wemixvisor stop   # gives it up',
];

// The two that wait until their cause is gone come first: the others fit beside them.
describe.concurrent('woken at night, one asks explain alone, and knows', () => {
  it('of a full disk, and the node is started when there is room', async () => {
    await using wemixvisor = await fakeInstallation();
    await wemixvisor.run(...wemixvisor.startWords());
    const stop =
      'ERROR[11-28|00:30:14.511] Low disk space. Gracefully shutting down Geth to prevent database corruption. available=1.98GiB path=/data/geth';
    wemixvisor.script({
      say: [
        'WARN [11-28|00:29:44.511] Disk space is running low. Geth will shutdown if disk space runs below critical level. available=3.61GiB critical_level=2.00GiB path=/data/geth',
        stop,
        'INFO [11-28|00:30:14.512] Got interrupt, shutting down...',
      ].join('\n'),
      exit: 0,
    });
    expect(await wemixvisor.until(isHeld, 'a node that waits for room')).toMatchObject({
      state: 'crashed',
      last_exit: { code: 0, diagnosis: { cause: 'low-disk', class: 'hold' } },
    });
    expect(await explained(wemixvisor)).toEqual([
      'The node is crashed since TIME (AGE).',
      'Why:       the node stopped itself: free disk space is below its limit of 2.00GiB, 1.98GiB left (exit code 0)',
      `Evidence:  ${stop}`,
      'Done:      not restarted yet',
      held,
      'To do:     Free disk space or move the data to a larger disk. --datadir.minfreedisk sets the limit in MB.',
      ...typed,
    ]);
    wemixvisor.script({});
    await wemixvisor.until(({ state }) => state === 'running', 'the node');
  });

  it('of a busy port and its holder, after one more try, and the node is started when it is free', async () => {
    await using wemixvisor = await fakeInstallation();
    const { args } = wemixvisor.client;
    const port = Number(args[args.indexOf('--http.port') + 1]);
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const options = ['--restart-delay', '10ms', '--no-wait'];
    expect(await wemixvisor.run(...wemixvisor.startWords(...options))).toMatchObject({ code: 0 });
    const waits = await wemixvisor.until(isHeld, 'a start that waits');
    expect(waits).toMatchObject({ state: 'crashed', generation: 2, restarts: { crash: 1 } });
    expect(await explained(wemixvisor)).toEqual([
      'The node is crashed since TIME (AGE).',
      `Why:       tcp 127.0.0.1:${port} (http) is taken by HOLDER (exit code 1)`,
      `Evidence:  Fatal: Error starting protocol stack: listen tcp 127.0.0.1:${port}: bind: address already in use`,
      'Done:      restarted once after it ended',
      held,
      'To do:     Find its holder (ss -tulpn, on macOS lsof -i) and end it, or give this node another port.',
      ...typed,
    ]);
    await new Promise((resolve) => server.close(resolve));
    await wemixvisor.until(({ state }) => state === 'running', 'the node');
  });

  it('of a Go panic, by the first line of the dump, which is kept', async () => {
    await using wemixvisor = await fakeInstallation();
    await wemixvisor.run(...wemixvisor.startWords('--restart-delay', '1h'));
    const panic = 'panic: runtime error: index out of range [5] with length 3';
    const dump = Array.from({ length: 1_300 }, (_, at) => `gs     0x${at.toString(16)}`);
    wemixvisor.script({ say: [panic, '', 'goroutine 1 [running]:', ...dump].join('\n'), exit: 2 });
    await wemixvisor.until(isCrashed, 'the crash');
    expect(await explained(wemixvisor)).toEqual([
      'The node is crashed since TIME (AGE).',
      'Why:       the node panicked: runtime error: index out of range [5] with length 3 (exit code 2)',
      `Evidence:  ${panic}`,
      'Done:      not restarted yet',
      restarted,
      'To do:     Report the panic with its dump to the makers of the node; look whether a newer release mends it.',
      ...typed,
    ]);
    const folder = join(wemixvisor.home, 'crashes');
    const names = await waitFor(() => {
      const found = readdirSync(folder).filter((name) => name.endsWith('.json'));
      return found.length > 0 && found;
    });
    const report = JSON.parse(readFileSync(join(folder, names[0] ?? ''), 'utf8')) as {
      readonly dump_lines: readonly string[];
    };
    expect(report).toMatchObject({ last_lines: { length: 50 }, dump_lines: { length: 200 } });
    expect(report.dump_lines.slice(0, 3)).toEqual([panic, '', 'goroutine 1 [running]:']);
  });

  it('of a SIGKILL by the memory limit, and of one whose sender nobody knows where no limit can be set', async () => {
    await using limit = memoryLimit(400);
    await using wemixvisor = await fakeInstallation();
    const words = wemixvisor.startWords('--restart-delay', '1h');
    if (limit === undefined) {
      await wemixvisor.run(...words);
      killed((await wemixvisor.status()).pid);
    } else {
      await outcomeOf(wemixvisor.spawnBy([...limit.enter], ...words));
      wemixvisor.script({ eatMiB: 800 });
    }
    await wemixvisor.until(isCrashed, 'the crash');
    const [since, why, evidence, ...rest] = await explained(wemixvisor);
    expect(since).toBe('The node is crashed since TIME (AGE).');
    if (limit === undefined) {
      expect(why).toBe(
        "Why:       the node was killed; the kernel's out-of-memory killer is the usual reason (ended by SIGKILL)",
      );
      expect(evidence).toMatch(/^Last line: /);
    } else {
      expect(why).toBe(
        'Why:       the kernel killed the node, as the machine, the container or a limit has no more memory (ended by SIGKILL)',
      );
      // Without access to the kernel's log its count for the group is what there is.
      expect(evidence).toMatch(
        /^Evidence: {2}(?:Memory cgroup out of memory: Killed process PID|the kernel killed .* of this control group for lack of memory \(oom_kill\))$/,
      );
    }
    expect(rest).toEqual([
      'Done:      not restarted yet',
      restarted,
      limit === undefined
        ? 'To do:     Look for "Out of memory: Killed process" in the kernel log (dmesg, journalctl -k); lower --cache or raise the memory limit.'
        : 'To do:     Lower --cache, raise the memory limit (MemoryMax, ulimit -v), or use a larger machine.',
      ...typed,
    ]);
  });

  it('of a wrong flag, which another start would not mend', async () => {
    await using wemixvisor = await fakeInstallation();
    const start = await wemixvisor.run(...wemixvisor.startWords(), '--cachee', '64');
    expect(start.code).toBe(1);
    expect(start.stderr).toContain('Did you mean --cache?');
    expect(await explained(wemixvisor)).toEqual([
      'The node is in error since TIME (AGE).',
      'Why:       the node does not know the flag --cachee (exit code 1)',
      'Evidence:  flag provided but not defined: -cachee',
      'Done:      not restarted: it would end the same way',
      'Next:      nothing until you start it',
      'To do:     Remove the flag, or look for its present name: wemixvisor doctor -- <your arguments>, or the release notes of the node.',
      'Type:      wemixvisor doctor   # checks the last start',
      typed[0],
      'Type:      wemixvisor start   # starts it',
    ]);
  });
});
