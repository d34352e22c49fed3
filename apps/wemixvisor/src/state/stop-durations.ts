import type { EventReport } from '../report/event-report.ts';

/** Milliseconds that the node took for each of its stops, oldest first, as the events of its home tell; a stop that only stands at an edge of them is left out. */
export function stopDurations(events: Iterable<EventReport>): readonly number[] {
  const durations: number[] = [];
  let askedAt: number | null = null;
  for (const { event, time, to, exited_at: exitedAt } of events) {
    if (event === 'state') {
      // A stop that was asked for twice began the first time.
      askedAt = to === 'stopping' ? (askedAt ?? Date.parse(time)) : null;
    } else if (event === 'node-exited' && askedAt !== null) {
      const endedAt = Date.parse(typeof exitedAt === 'string' ? exitedAt : time);
      // The clock may have been set meanwhile.
      if (endedAt >= askedAt) durations.push(endedAt - askedAt);
      askedAt = null;
    }
  }
  return durations;
}
