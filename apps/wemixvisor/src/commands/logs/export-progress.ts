import type { LogRecord } from '@wemixvisor/logs';
import type { AppContext } from '../../context.ts';

/** Milliseconds between two lines of progress. */
const tellMs = 1000;

/** Tells on standard error how far an export has come, once a second, and at the end how much it was. */
export function exportProgress({ stderr }: Pick<AppContext, 'stderr'>): {
  add(record: LogRecord): void;
  end(): void;
} {
  let count = 0;
  let toldAt = performance.now();
  const lines = () => `${count.toLocaleString('en-US')} ${count === 1 ? 'line' : 'lines'}`;
  return {
    add({ time }) {
      count += 1;
      if (count % 1000 !== 0 || performance.now() - toldAt < tellMs) return;
      toldAt = performance.now();
      stderr.write(
        `wemixvisor: ${lines()}, up to ${time?.toISOString() ?? 'a line without a time'}\n`,
      );
    },
    end: () => void stderr.write(`wemixvisor: exported ${lines()}\n`),
  };
}
