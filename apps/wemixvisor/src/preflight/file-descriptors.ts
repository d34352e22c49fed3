import { readFile } from 'node:fs/promises';
import { captureOutput } from '@wemixvisor/process';
import type { Problem } from './problem.ts';

/** Below this geth's database runs short: it asks for all that the hard limit gives and takes half of it. */
const enough = 4_096;

/** How many files may the node open? geth raises its own limit up to the hard one (cmd/utils/flags.go @ v1.17.5). */
export async function checkFileDescriptors(
  platform: 'linux' | 'darwin',
): Promise<readonly Problem[]> {
  return judgeDescriptors(await hardLimit[platform]());
}

/** The hard limit of this process, which the node gets too, as the shell prints it; empty where it cannot be known. */
const hardLimit = {
  linux: async () => hardLimitIn(await readFile('/proc/self/limits', 'utf8').catch(() => '')),
  darwin: async () => {
    const { stdout } = await captureOutput('/bin/sh', ['-c', 'ulimit -Hn'], { timeoutMs: 2_000 });
    return stdout.trim();
  },
};

/** The hard limit of open files in the text of proc(5)'s `limits`: the soft limit, the hard one, the unit. */
export function hardLimitIn(limits: string): string {
  return /^Max open files +\S+ +(\S+)/m.exec(limits)?.[1] ?? '';
}

/** What follows from the hard limit. */
export function judgeDescriptors(limit: string): readonly Problem[] {
  if (limit === 'unlimited' || Number(limit) >= enough || limit === '') return [];
  const message = `only ${limit} files may be open, and a geth-family node wants at least ${enough}`;
  const remedy = 'raise the limit: LimitNOFILE= in a systemd unit, or ulimit -Hn';
  return [{ check: 'file descriptors', severity: 'warning', message, remedy }];
}
