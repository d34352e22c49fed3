import { execFileSync } from 'node:child_process';

/** Checks whether each process of a group is stopped or dead, by ps(1), whose state `T` means stopped and `Z` a zombie. */
export function watchGroupOnDarwin(groupId: number, listProcesses = psTable): () => boolean {
  return () =>
    listProcesses()
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([group]) => group === String(groupId))
      .every(([, state = '']) => /^[TZ]/.test(state));
}

function psTable(): string {
  return execFileSync('/bin/ps', ['-axo', 'pgid=,state='], { encoding: 'latin1' });
}
