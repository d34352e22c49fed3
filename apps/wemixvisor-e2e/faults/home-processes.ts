import { readdirSync, readFileSync } from 'node:fs';
import { processesMentioning, type SeenProcess } from '../harness/processes.ts';

/** The processes of one home, by what they are. */
export interface HomeProcesses {
  readonly supervisors: readonly number[];
  readonly recorders: readonly number[];
  /** The numbered nodes themselves, not what is wrapped around them. */
  readonly nodes: readonly number[];
}

/** Looks for the supervisor, the recorder and the node of a home; more than one of each is possible, and an error. */
export function homeProcesses(home: string): HomeProcesses {
  const seen = processesMentioning(home);
  const pids = (is: (commandLine: string) => boolean) =>
    seen.filter(({ commandLine }) => is(commandLine)).map(({ pid }) => pid);
  return {
    supervisors: pids((line) => line.includes(' supervise ') && !line.includes('numbered-node')),
    recorders: pids((line) => line.includes('wemixvisor-recorder') && !/ supervise /.test(line)),
    nodes: pids((line) => /^\S*node \S*numbered-node\.mjs --datadir /.test(line)),
  };
}

/** Every process that comes from an installation: it mentions the home, or (on Linux) has it in its environment. */
export function descendantsOf(home: string): readonly string[] {
  const told = ({ pid, commandLine }: SeenProcess) => `${pid} ${commandLine}`;
  const mentioning = processesMentioning(home);
  const pids = new Set(mentioning.map(({ pid }) => pid));
  return [
    ...mentioning.map(told),
    ...heirsOf(home)
      .filter(({ pid }) => !pids.has(pid))
      .map(told),
  ];
}

function heirsOf(home: string): readonly SeenProcess[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (!readFileSync(`/proc/${name}/environ`, 'latin1').includes(home)) return [];
        const commandLine = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent: 0, state: '?', commandLine }];
      } catch {
        return []; // It has gone, or belongs to another user.
      }
    });
}
