import type { Exited } from './event.ts';

/** How a process ended, for people. */
export function describeExit({ code, signal }: Pick<Exited, 'code' | 'signal'>): string {
  if (signal !== null) return `ended by ${signal}`;
  return code === null ? 'ended, exit status unknown' : `exit code ${code}`;
}
