import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { AppContext } from '../../context.ts';

/**
 * Starts the pager that PAGER names, else less, and gives the stream to write to and what to await at the end. Colours pass, and what fits on the
 * screen is shown at once.
 */
export function openPager({ env }: Pick<AppContext, 'env'>): {
  readonly stdin: Writable;
  close(): Promise<void>;
} {
  const pager = spawn('/bin/sh', ['-c', env['PAGER'] || 'less'], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { LESS: 'FRX', ...env },
  });
  const ended = once(pager, 'close');
  const { stdin } = pager;
  // Whoever has seen enough quits.
  stdin.on('error', () => undefined);
  return {
    stdin,
    async close() {
      stdin.end();
      await ended;
    },
  };
}
