import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

type Machine = Pick<PreflightPorts, 'platform' | 'readText' | 'run'>;

/** How many files may the node open? geth raises its own limit up to the hard one (cmd/utils/flags.go @ v1.17.5). */
export async function checkFileDescriptors(
  wanted: number,
  machine: Machine,
  ownPid: number | null = null,
): Promise<readonly Problem[]> {
  const limit = await hardLimit(machine, ownPid);
  if (limit === 'unlimited' || Number(limit) >= wanted || limit === '') return [];
  const message = `only ${limit} files may be open, and a geth-family node wants at least ${wanted}`;
  const remedy = 'raise the limit: LimitNOFILE= in a systemd unit, or ulimit -Hn';
  return [{ check: 'file descriptors', severity: 'warning', message, remedy }];
}

/** The hard limit of the node that runs, on Linux, or of this process, which a node would inherit, as the shell prints it; empty where it is unknown. */
async function hardLimit(
  { platform, readText, run }: Machine,
  ownPid: number | null,
): Promise<string> {
  if (platform === 'darwin') return (await run('/bin/sh', ['-c', 'ulimit -Hn'], 2_000)).trim();
  // proc(5): the name, the soft limit, the hard limit, the unit.
  return (
    /^Max open files +\S+ +(\S+)/m.exec(readText(`/proc/${ownPid ?? 'self'}/limits`))?.[1] ?? ''
  );
}
