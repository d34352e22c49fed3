import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fakeGeth, waitFor } from '@wemixvisor/testkit';

/** What a command of the machine gave. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A machine that systemd has booted. */
export interface Machine extends AsyncDisposable {
  /** Runs a command as root; what it gives is a value, whatever its code. */
  run(program: string, ...args: readonly string[]): Promise<Ran>;
  /** Writes a file of the machine. */
  write(path: string, text: string, mode?: number): void;
  /** Whether a file of the machine exists. */
  has(path: string): boolean;
  /** Reboots, and resolves when it is up again. */
  reboot(): Promise<void>;
}

/** Where the machine finds what this repository has built. */
export const installed = {
  program: '/usr/local/bin/wemixvisor',
  node: '/usr/local/bin/geth',
} as const;

const dist = fileURLToPath(new URL('../../wemixvisor/dist', import.meta.url));
const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What is missing here for a machine of a root folder; null where nothing is. */
export function obstacle(root: string | undefined): string | null {
  if (process.getuid?.() !== 0) return 'needs root';
  for (const program of ['systemd-nspawn', 'nsenter']) {
    if (spawnSync(program, ['--version']).error !== undefined) return `needs ${program}`;
  }
  if (root !== undefined && existsSync(join(root, 'usr/bin/systemctl'))) return null;
  return 'needs the root folder of a Debian, as from: debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,iproute2 bookworm DIR';
}

/** Boots a copy of a root folder, with this Node.js, the built program and the stand-in node in it, and no network but its own. */
export async function bootMachine(origin: string): Promise<Machine> {
  const folder = mkdtempSync(join(tmpdir(), 'wv-systemd-'));
  const root = join(folder, 'root');
  execFileSync('cp', ['-a', '--reflink=auto', origin, root]);
  const inside = (file: string) => join(root, file);
  const write = (file: string, text: string, mode = 0o644) => {
    mkdirSync(dirname(inside(file)), { recursive: true });
    writeFileSync(inside(file), text, { mode });
  };
  write('/etc/hosts', '127.0.0.1 localhost\n');
  write(installed.program, '#!/bin/sh\nexec /opt/node /opt/wemixvisor/main.cjs "$@"\n', 0o755);
  write(installed.node, '#!/bin/sh\nexec /opt/testkit/fake-geth.mjs "$@"\n', 0o755);
  write('/opt/node', '');
  write('/usr/bin/node', '');
  const binds = [
    `${process.execPath}:/opt/node`,
    `${process.execPath}:/usr/bin/node`,
    `${dist}:/opt/wemixvisor`,
    `${dirname(fakeGeth)}:/opt/testkit`,
  ];
  const words = [
    ...['--quiet', '--directory', root, '--private-network', '--register=no', '--keep-unit'],
    ...['--boot', ...binds.map((bind) => `--bind-ro=${bind}`)],
  ];
  const powerOn = () => spawn('systemd-nspawn', words, { stdio: 'ignore' });
  let machine = powerOn();
  const isOff = () => machine.exitCode !== null || machine.signalCode !== null;
  const first = (): string | null => {
    const children = `/proc/${machine.pid}/task/${machine.pid}/children`;
    return existsSync(children) ? (readFileSync(children, 'utf8').split(' ')[0] ?? null) : null;
  };
  const run = (program: string, ...args: readonly string[]): Promise<Ran> =>
    new Promise((resolve) => {
      const enter = [
        '--target',
        first() ?? '0',
        '--mount',
        '--uts',
        '--ipc',
        '--net',
        '--pid',
        '--',
      ];
      execFile(
        'nsenter',
        [...enter, 'env', '-i', `PATH=${path}`, 'HOME=/root', program, ...args],
        (error, stdout, stderr) =>
          resolve({
            code: typeof error?.code === 'number' ? error.code : error ? 255 : 0,
            stdout,
            stderr,
          }),
      );
    });
  const isUp = async () => {
    const { stdout } = await run('systemctl', 'is-system-running');
    return /^(?:running|degraded)\n$/.test(stdout);
  };
  const booted = () => waitFor(isUp, { what: 'a booted machine', timeoutMs: 120_000 });
  const result: Machine = {
    run,
    write,
    has: (file) => existsSync(inside(file)),
    async reboot() {
      await run('systemctl', 'reboot');
      // With --keep-unit it leaves the second half of a reboot to whoever started it.
      await waitFor(isOff, { what: 'the end before a reboot', timeoutMs: 120_000 });
      machine = powerOn();
      await booted();
    },
    async [Symbol.asyncDispose]() {
      // Its first process takes the whole machine with it.
      const pid = Number(first());
      if (pid > 1) process.kill(pid, 'SIGKILL');
      await waitFor(isOff);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await booted();
  } catch (error) {
    await result[Symbol.asyncDispose]();
    throw error;
  }
  return result;
}
