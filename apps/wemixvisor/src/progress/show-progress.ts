import type { HomePaths } from '../state/home-paths.ts';
import type { StatusReport } from '../report/status-report.ts';
import type { AppContext } from '../context.ts';
import { sanitizeTerminal } from '../render/sanitize-terminal.ts';
import { renderProgress } from '../render/progress.ts';
import { createRedraw } from '../render/redraw.ts';

/** What is shown of an operation while the operator waits for it. */
export interface Progress {
  /** The node is seen to be like this now. */
  see(status: StatusReport): void;
  /** Nothing more is to be shown; a terminal is left as it was. */
  end(): void;
}

/** What progress needs of the program. */
export type ProgressContext = Pick<AppContext, 'stderr' | 'interactive' | 'columns'>;

/** Milliseconds without a word where there is no terminal: most operations are over by then. */
const patienceMs = 10_000;
/** Milliseconds between two lines that say the same, where there is no terminal. */
const remindMs = 15_000;
/** Milliseconds between two looks at the log. */
const lookMs = 500;

/**
 * Shows live what happens: on a terminal the phase, the seconds and the node's last line, redrawn in place; elsewhere
 * a plain line at each change. It goes to standard error, and what is over at once shows nothing.
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
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    see(status) {
      const at = now();
      if (at - lookedAt >= lookMs) {
        lookedAt = at;
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
    return ''; // a log that cannot be read is no reason to end the wait
  }
}

function inLines({ stderr }: ProgressContext, begun: number, now: () => number): Progress {
  let said = '';
  let saidAt = begun;
  return {
    see(status) {
      if (status.state === 'running') return; // that is for the outcome to say
      const at = now();
      const what = `${status.state}/${status.health?.phase ?? ''}`;
      const isNew = what !== said && at - begun >= patienceMs;
      if (!isNew && at - saidAt < remindMs) return;
      stderr.write(`${renderProgress(status, at - begun, Date.now())}\n`);
      said = what;
      saidAt = at;
    },
    end: () => {},
  };
}
