import { systemReaderPorts, type LogReaderPorts } from './reader-ports.ts';
import { follow } from './follow/follow.ts';
import { openSnapshot } from './open-snapshot.ts';
import { filterFrom, type ReadOptions } from './read-options.ts';
import type { Granularity, ReadMatches } from './select/matches.ts';
import { yielding } from './yielding.ts';

/** Yields the matches that the log holds now, then, with `follow`, those that are written later. */
export async function* readMatches(
  options: ReadOptions,
  granularity: Granularity,
  ports: Partial<LogReaderPorts>,
): AsyncGenerator<ReadMatches, void> {
  const {
    directory,
    name,
    before = null,
    parse,
    signal,
    finish,
    followEveryMs: everyMs = 0,
  } = options;
  const filter = filterFrom(options);
  const { log, selected, cursor } = await openSnapshot(options, filter, granularity);
  try {
    if (selected === null) return;
    const { timeLookup } = selected;
    for await (const matches of yielding(selected.matches)) {
      if (matches.spans.length > 0) yield { ...matches, log, timeLookup };
      if (signal?.aborted === true) return;
    }
  } finally {
    log.close();
  }
  if (options.follow !== true || before !== null) return;
  const effects = { ...systemReaderPorts, ...ports };
  const place = { directory, name, parse, everyMs };
  yield* follow({ ...place, filter, cursor, granularity, signal, finish, ports: effects });
}
