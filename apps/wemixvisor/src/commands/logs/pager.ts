import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { AppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';

/** A pager that is shown. */
interface Pager {
  readonly stdin: Writable;
  /** Waits until it is quit. @throws AppError where it could not be started */
  close(): Promise<void>;
}

/** The codes by which a shell says that it cannot run a program. */
const notRun: readonly unknown[] = [126, 127];

/** Starts the pager that PAGER names, else less. Colours pass, and what fits on the screen is shown at once. */
export function openPager({ env, onSignal }: Pick<AppContext, 'env' | 'onSignal'>): Pager {
  const command = env['PAGER'] || 'less';
  const pager = spawn('/bin/sh', ['-c', command], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { LESS: 'FRX', ...env },
  });
  const ended = once(pager, 'close');
  // Ctrl-C is for the pager: it would fight with the shell for the terminal if only this program ended.
  const release = onSignal('SIGINT', () => undefined);
  const { stdin } = pager;
  // Whoever has seen enough quits.
  stdin.on('error', () => undefined);
  return {
    stdin,
    async close() {
      stdin.end();
      const [code] = (await ended) as [number | null];
      release();
      if (notRun.includes(code)) {
        throw new AppError(`cannot run the pager "${command}": name another one in PAGER`);
      }
    },
  };
}
