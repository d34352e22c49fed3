import { platformFor } from './platform/platform-for.ts';
import type {
  FileDescriptors,
  Platform,
  ProcessIdentity,
  ProcessUsage,
} from './platform/platform.ts';

/**
 * The live process with this pid, read at once; undefined when there is none (a zombie is gone).
 *
 * @example const me = identifyProcess(process.pid);
 */
export function identifyProcess(
  pid: number,
  platform: Platform = platformFor(process.platform),
): ProcessIdentity | undefined {
  return Number.isSafeInteger(pid) && pid > 0 ? platform.identify(pid) : undefined;
}

/**
 * Whether the pid still belongs to that very process: same start time in the same boot.
 * The executable is not compared: it changes when the shell executes the node, and when an upgrade replaces the file.
 */
export function isSameProcess(
  identity: ProcessIdentity,
  platform: Platform = platformFor(process.platform),
): boolean {
  const now = identifyProcess(identity.pid, platform);
  return now?.startTime === identity.startTime && now.bootId === identity.bootId;
}

/**
 * CPU and memory of a process since it began; undefined when it is gone or they cannot be read.
 *
 * @example const { residentBytes } = processUsage(process.pid) ?? { residentBytes: 0 };
 */
export function processUsage(
  pid: number,
  platform: Platform = platformFor(process.platform),
): ProcessUsage | undefined {
  return Number.isSafeInteger(pid) && pid > 0 ? platform.usage(pid) : undefined;
}

/**
 * Open file descriptors of a process and their limit; undefined when it is gone, belongs to another user, or on macOS.
 *
 * @example const { open, limit } = fileDescriptors(process.pid) ?? { open: 0, limit: null };
 */
export function fileDescriptors(
  pid: number,
  platform: Platform = platformFor(process.platform),
): FileDescriptors | undefined {
  return Number.isSafeInteger(pid) && pid > 0 ? platform.fileDescriptors(pid) : undefined;
}
