import { renameSync, writeFileSync } from 'node:fs';

/** A wall clock that can be put wrong, for all programs that are started with its variables. */
export interface JumpyClock {
  readonly variables: Readonly<Record<string, string>>;
  /** Puts it wrong by so many seconds; 0 puts it right. */
  readonly jump: (seconds: number) => void;
}

/** Makes a clock of a file, which need not be there yet. */
export function jumpyClock(file: string): JumpyClock {
  const patch = new URL('jumped-clock.mjs', import.meta.url);
  return {
    variables: { NODE_OPTIONS: `--import ${patch.href}`, JUMPED_CLOCK: file },
    jump(seconds) {
      // A reader finds it whole.
      writeFileSync(`${file}.new`, `${seconds * 1000}`);
      renameSync(`${file}.new`, file);
    },
  };
}
