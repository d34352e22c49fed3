import { follow } from './follow.ts';
import type { Grain, Matches } from './matches.ts';
import type { Moments } from './moment.ts';
import type { OpenLog } from './open-log.ts';
import { openPast } from './open-past.ts';
import { filterFrom, type ReadOptions } from './read-options.ts';
import { withTurns } from './with-turns.ts';

/** Matches, and what their records need to know. */
export interface ReadMatches extends Matches {
  readonly log: OpenLog;
  readonly moments: Moments;
}

/** What there is, then what comes if that is followed. */
export async function* readMatches(
  options: ReadOptions,
  grain: Grain,
): AsyncGenerator<ReadMatches, void> {
  const { directory, name, signal, finish, now = () => new Date() } = options;
  const filter = filterFrom(options);
  const { log, selected, cursor } = await openPast(options, filter, grain);
  try {
    if (selected === null) return;
    const { moments } = selected;
    for await (const matches of withTurns(selected.matches)) {
      if (matches.spans.length > 0) yield { ...matches, log, moments };
      if (signal?.aborted === true) return;
    }
  } finally {
    log.close();
  }
  if (options.follow !== true) return;
  yield* follow({ directory, name, filter, cursor, grain, signal, finish, now });
}
