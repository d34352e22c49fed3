import type { WriteStream } from 'node:tty';
import { createRedraw, type readLogs } from '@wemixvisor/logs';
import type { AppContext } from '../../context.ts';
import { renderSize } from '../../render/size.ts';
import { renderSpan } from '../../render/status-table.ts';

type ReadProgress = NonNullable<NonNullable<Parameters<typeof readLogs>[1]>['progress']>;

/** Milliseconds between two looks; a shorter export shows nothing. */
const lookMs = 250;

/** Shows on a terminal how far an export has come, until the returned function is called. Elsewhere it shows nothing. */
export function showExportProgress(
  { stderr, interactive, columns }: Pick<AppContext, 'stderr' | 'interactive' | 'columns'>,
  progress: ReadProgress,
): () => void {
  const terminal = stderr as typeof stderr & Partial<WriteStream>;
  // What is exported to the terminal itself shows how far it has come.
  if (terminal.isTTY !== true || interactive) return () => {};
  const redraw = createRedraw(stderr, () => terminal.columns || columns);
  const begun = performance.now();
  const timer = setInterval(() => {
    redraw.draw([exportWords(progress, performance.now() - begun)]);
  }, lookMs);
  return () => {
    clearInterval(timer);
    redraw.clear();
  };
}

/** How far an export has come after some milliseconds: `43% of 1.2 GiB, 210 MiB/s, 3s left`. */
export function exportWords({ bytes, of }: ReadProgress, ms: number): string {
  const rate = bytes / Math.max(1, ms);
  const speed = `${renderSize(rate * 1_000)}/s`;
  if (of === 0) return 'searching';
  const left = rate === 0 ? '' : `, ${renderSpan((of - bytes) / rate)} left`;
  return `${Math.floor((100 * bytes) / of)}% of ${renderSize(of)}, ${speed}${left}`;
}
