import { createRedraw, sanitizeTerminal } from '@wemixvisor/logs';
import type { HomePaths } from '../state/home-paths.ts';
import type { StatusReport } from '../report/status-report.ts';
import type { AppContext } from '../context.ts';
import { renderProgress } from '../render/progress.ts';

/** Shows an operation while the operator waits for it. */
export interface Progress {
  /** Shows the node's present status. */
  update(status: StatusReport): void;
  /** Ends the display and clears it from a terminal. */
  end(): void;
}

/** The part of the context that progress needs. */
export type ProgressContext = Pick<AppContext, 'stderr' | 'interactive' | 'columns'>;

/** Milliseconds of silence where there is no terminal: most operations are done by then. */
const patienceMs = 10_000;
/** Milliseconds between two equal lines, where there is no terminal. */
const remindMs = 15_000;
/** Milliseconds between two reads of the log's last line. */
const readMs = 500;

/**
 * Shows progress on standard error: on a terminal the phase, the seconds and the node's last line, redrawn in place;
 * elsewhere a plain line at each change. A short operation shows nothing.
 */
export function showProgress(
  context: ProgressContext,
  paths: Pick<HomePaths, 'logs'>,
  now: () => number = () => performance.now(),
): Progress {
  const begun = now();
  return context.interactive
    ? onTerminal(context, paths, begun, now)
    : inLines(context, begun, now);
}

function onTerminal(
  { stderr, columns }: ProgressContext,
  paths: Pick<HomePaths, 'logs'>,
  begun: number,
  now: () => number,
): Progress {
  const redraw = createRedraw(stderr, () => columns);
  let lastLine = '';
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    update(status) {
      const at = now();
      if (at - readAt >= readMs) {
        readAt = at;
        void lastLineOf(paths).then((line) => (lastLine = line));
      }
      const shown = [renderProgress(status, at - begun, Date.now())];
      redraw.draw(lastLine === '' ? shown : [...shown, `  ${lastLine}`]);
    },
    end: () => redraw.clear(),
  };
}

async function lastLineOf({ logs }: Pick<HomePaths, 'logs'>): Promise<string> {
  try {
    const { lastLines } = await import('@wemixvisor/logs');
    return sanitizeTerminal((await lastLines(logs, 'node', 1)).at(-1) ?? '');
  } catch {
    return ''; // an unreadable log must not end the wait
  }
}

function inLines({ stderr }: ProgressContext, begun: number, now: () => number): Progress {
  let shown = '';
  let shownAt = begun;
  return {
    update(status) {
      if (status.state === 'running' && status.stop_phase === null) return; // the result is reported by the caller
      const at = now();
      const what = `${status.state}/${status.stop_phase?.what ?? status.health?.phase ?? ''}`;
      const isNew = what !== shown && at - begun >= patienceMs;
      if (!isNew && at - shownAt < remindMs) return;
      stderr.write(`${renderProgress(status, at - begun, Date.now())}\n`);
      shown = what;
      shownAt = at;
    },
    end: () => {},
  };
}
