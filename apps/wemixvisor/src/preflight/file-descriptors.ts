import { captureOutput } from '@wemixvisor/process';
import type { Problem } from './problem.ts';

/** Below this geth's database runs short: it asks for all that the hard limit gives and takes half of it. */
const enough = 4_096;

/** How many files may the node open? geth raises its own limit up to the hard one (cmd/utils/flags.go @ v1.17.5). */
export async function checkFileDescriptors(): Promise<readonly Problem[]> {
  const { stdout } = await captureOutput('/bin/sh', ['-c', 'ulimit -Hn'], { timeoutMs: 2_000 });
  return judgeDescriptors(stdout.trim());
}

/** What follows from the hard limit as the shell prints it. */
export function judgeDescriptors(limit: string): readonly Problem[] {
  if (limit === 'unlimited' || Number(limit) >= enough || limit === '') return [];
  const message = `only ${limit} files may be open, and a geth-family node wants at least ${enough}`;
  const remedy = 'raise the limit: LimitNOFILE= in a systemd unit, or ulimit -Hn';
  return [{ check: 'file descriptors', severity: 'warning', message, remedy }];
}
