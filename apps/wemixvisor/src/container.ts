import { init, self } from './self.ts';

/** The part of the process that {@link becomeCommandOfInit} needs. */
export interface FirstProcess {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Replaces the running program; Node has it from 22.15 and 23.11 on. */
  readonly execve?: (file: string, args: readonly string[], env: NodeJS.ProcessEnv) => never;
}

/**
 * PID 1 of a container must reap every orphan, and Node cannot wait for processes that it has not started. So the
 * program replaces itself by a shell script of a few lines, which starts it again as its command.
 *
 * Returns advice for the operator where this Node cannot do that, else undefined.
 */
export function becomeCommandOfInit(first: FirstProcess): string | undefined {
  if (first.pid !== 1) return undefined;
  if (first.execve === undefined) {
    return `as PID 1, this Node cannot collect orphaned processes: start it by wemixvisor-init or with an init (docker run --init)`;
  }
  return first.execve('/bin/sh', [...init(), ...self, ...first.argv.slice(2)], { ...first.env });
}
