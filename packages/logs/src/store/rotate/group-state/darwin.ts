import { spawnSync } from 'node:child_process';
import {
  operatorStopped,
  outsideGroup,
  ownGroup,
  type FileHolder,
  type WriterStates,
} from './writer-states.ts';

interface Row {
  readonly pid: number;
  readonly group: number;
  readonly state: string;
}

/** Runs a program and gives its output. */
type Run = (program: string, args: readonly string[]) => string;

/** The writers of a log by ps(1), whose state `T` means stopped and `Z` a zombie, and lsof(8). */
export function writersOnDarwin(run: Run = outputOf, own = process.pid): WriterStates {
  const holders = (live: string): readonly FileHolder[] =>
    writersIn(run('/usr/sbin/lsof', ['-F', 'pca', '--', live])).filter(({ pid }) => pid !== own);
  const rows = (): readonly Row[] => rowsOf(run('/bin/ps', ['-axo', 'pid=,pgid=,state=']));
  return {
    holders,
    someStopped: (groupId) =>
      rows().some(({ group, state }) => group === groupId && state.startsWith('T')),
    watch(groupId, live) {
      const members = rows().filter(({ group }) => group === groupId);
      if (groupId < 1 || members.some(({ pid }) => pid === own)) throw ownGroup(groupId);
      const stopped = members.find(({ state }) => state.startsWith('T'));
      if (stopped !== undefined) throw operatorStopped(stopped.pid);
      const outside = holders(live).find(({ pid }) => members.every((row) => row.pid !== pid));
      if (outside !== undefined) throw outsideGroup(outside.pid, outside.name);
      return () =>
        rows()
          .filter(({ group }) => group === groupId)
          .every(({ state }) => /^[TZ]/.test(state));
    },
  };
}

function rowsOf(table: string): readonly Row[] {
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, group, state = '']) => ({ pid: Number(pid), group: Number(group), state }));
}

/** Of the fields of lsof, one a line: `p` a process, `c` its name, `a` the access of each of its descriptors of the file: r, w or u for both. */
function writersIn(fields: string): readonly FileHolder[] {
  const found = new Map<number, FileHolder>();
  let process: FileHolder = { pid: 0, name: '' };
  for (const line of fields.split('\n')) {
    const value = line.slice(1);
    if (line.startsWith('p')) process = { pid: Number(value), name: '' };
    else if (line.startsWith('c')) process = { ...process, name: value };
    else if (line === 'aw' || line === 'au') found.set(process.pid, process);
  }
  return [...found.values()];
}

/** lsof ends with 1 where it finds nothing; a program that is missing is an error. */
function outputOf(program: string, args: readonly string[]): string {
  const { stdout, error } = spawnSync(program, args, { encoding: 'latin1', timeout: 5000 });
  if (error !== undefined) throw error;
  return stdout;
}
