import { adviseStop, type Members } from '@wemixvisor/gwemix';
import type { RpcEndpoint } from '@wemixvisor/health';
import type { DoctorReport } from '../report/doctor-report.ts';
import { openMemberClient } from '../supervisor/member-client.ts';

/** What a restart of this member would mean for its network; nothing where it is none. */
export async function examineMembers(
  endpoint: RpcEndpoint | null,
): Promise<DoctorReport['problems']> {
  if (endpoint === null) return [];
  const client = openMemberClient(endpoint);
  try {
    const members = await client.members();
    return members === null ? [] : problemsOf(members);
  } finally {
    client.dispose();
  }
}

/** Members are restarted one at a time, when all others are up. */
function problemsOf(members: Members): DoctorReport['problems'] {
  const { self, nodes, etcd } = members;
  const mute = new Set(etcd.members.flatMap(({ name, up }) => (up ? [] : [name])));
  const down = nodes
    .filter(({ name, up }) => name !== self && !(up && !mute.has(name)))
    .map(({ name, up }) => (up ? `${name} (its etcd does not run)` : name));
  if (self === null || down.length === 0) return [];
  const advice = adviseStop(members);
  const are = down.length === 1 ? 'is' : 'are';
  return [
    {
      check: 'members',
      severity: 'warning',
      message: `${down.length} of ${nodes.length} members ${are} down: ${down.join(', ')}`,
      remedy:
        advice.kind === 'refuse'
          ? `Neither stop nor restart this one before: ${advice.why}.`
          : 'Restart the members one at a time, when all others are up.',
    },
  ];
}
