import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import type { ProcessIdentity } from '../platform/platform.ts';
import { isSameProcess } from '../process-identity.ts';

/** Where pids mean what they say: a container counts its own, and so does each machine. */
export interface PidSpace {
  /** The PID namespace as Linux names it; null where the system has none. */
  readonly pidNamespace: string | null;
  readonly host: string;
}

/** Who holds a lock. Locks of versions before 0.5 tell of no space. */
export interface LockHolder extends ProcessIdentity, Partial<PidSpace> {
  /** Tells this claim from every other, also one of the same process. */
  readonly token?: string;
}

/** The space of this process. */
export function ownPidSpace(): PidSpace {
  try {
    return { pidNamespace: readlinkSync('/proc/self/ns/pid'), host: hostname() };
  } catch {
    return { pidNamespace: null, host: hostname() }; // macOS
  }
}

/**
 * What is known of a holder at a glance. `foreign`: its pid means nothing here, so only its heartbeat tells whether it lives.
 * Another boot of a machine of the same name was ended by a restart, whatever its pids were.
 */
export function judgeHolder(
  holder: LockHolder,
  self: LockHolder,
): 'self' | 'alive' | 'dead' | 'foreign' {
  const sameBoot = holder.bootId === self.bootId;
  if (holder.pidNamespace !== undefined) {
    if (!sameBoot) return holder.host === self.host ? 'dead' : 'foreign';
    if (holder.pidNamespace !== self.pidNamespace) return 'foreign';
  }
  if (sameBoot && holder.pid === self.pid && holder.startTime === self.startTime) return 'self';
  return isSameProcess(holder) ? 'alive' : 'dead';
}

/** The holder that a lock names; undefined for one that was released meanwhile or damaged by a crash of the machine. */
export function readHolder(file: string): LockHolder | undefined {
  try {
    // A named pipe by that name would hold us up.
    if (!statSync(file).isFile()) return undefined;
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is LockHolder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'startTime' in value &&
    'bootId' in value
  );
}
