import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { waitFor } from '@wemixvisor/testkit';
import { outcomeOf, type Outcome } from '../harness/installation.ts';

/** The user and the volumes of the image. */
export const user = 10_001;
export const home = '/var/lib/wemixvisor';

/** What a container is started with. */
export interface ContainerOptions {
  readonly root: string;
  /** Folders of this machine by their place in the container. */
  readonly volumes: Readonly<Record<string, string>>;
  readonly command: readonly string[];
}

/** A container whose process 1 is wemixvisor. */
export interface Container extends AsyncDisposable {
  readonly ended: Promise<Outcome>;
  /** Runs a command in it as its user, as `podman exec` does. */
  exec(...command: readonly string[]): Promise<Outcome>;
  /** Sends SIGTERM to process 1, as `podman stop` does. */
  terminate(): void;
}

const variables = [
  'PATH=/usr/local/bin:/usr/bin:/bin',
  `WEMIXVISOR_HOME=${home}`,
  `HOME=${home}`,
] as const;

/** Runs a root folder as an engine runs an image: read-only, without a network, as the image's user, the command as process 1. */
export function runContainer({ root, volumes, command }: ContainerOptions): Container {
  const binds = Object.entries(volumes).map(([inside, outside]) => `--bind=${outside}:${inside}`);
  const words = [
    ...['--quiet', '--directory', root, '--read-only', '--private-network', '--register=no'],
    ...['--keep-unit', '--console=pipe', '--user=wemixvisor', '--kill-signal=SIGTERM', ...binds],
    ...variables.map((variable) => `--setenv=${variable}`),
  ];
  const machine = spawn('systemd-nspawn', [...words, '--', '/usr/bin/wemixvisor', ...command], {
    // Its own /tmp would hide whether the program needs one.
    env: { ...process.env, SYSTEMD_NSPAWN_TMPFS_TMP: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const first = () => {
    const children = `/proc/${machine.pid}/task/${machine.pid}/children`;
    return existsSync(children) ? Number(readFileSync(children, 'utf8').split(' ')[0]) : 0;
  };
  const ended = outcomeOf(machine);
  const isOver = () => machine.exitCode !== null || machine.signalCode !== null;
  return {
    ended,
    exec(...inside) {
      const enter = ['--target', `${first()}`, '--mount', '--uts', '--ipc', '--net', '--pid'];
      const as = ['--setgid', `${user}`, '--setuid', `${user}`];
      const all = [...enter, ...as, '--', 'env', '-i', ...variables, ...inside];
      return outcomeOf(execFile('nsenter', all));
    },
    terminate: () => void machine.kill('SIGTERM'),
    async [Symbol.asyncDispose]() {
      const pid = first();
      if (!isOver() && pid > 1) process.kill(pid, 'SIGKILL');
      await waitFor(isOver, { what: 'the end of a container' });
    },
  };
}
