import type { HomePaths } from '../../state/home-paths.ts';
import type { AppContext } from '../../context.ts';
import { showLogs } from '../logs/show-logs.ts';

/**
 * Shows each new line of the node's log, for a supervisor in the foreground. It reads the file, so a slow reader of
 * standard output delays nobody; a closed standard output ends this and nothing else. Returns what shows the rest of
 * the log and ends, after `patienceMs` also where standard output does not take it.
 */
export function followNodeLog(
  context: AppContext,
  paths: HomePaths,
  patienceMs = 10_000,
): () => Promise<void> {
  const end = new AbortController();
  const gone = new AbortController();
  context.stdout.on('error', () => gone.abort());
  const request = { lines: 0, follow: true, finish: end.signal, signal: gone.signal };
  const shown = showLogs(context, paths, { sources: ['node'] }, request);
  return async () => {
    end.abort();
    const giveUp = setTimeout(() => {
      context.stderr.write(
        `wemixvisor: nobody reads standard output: the rest of the log is in ${paths.nodeLog}\n`,
      );
      gone.abort();
    }, patienceMs);
    await shown.finally(() => clearTimeout(giveUp));
  };
}
