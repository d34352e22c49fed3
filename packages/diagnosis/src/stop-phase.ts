import { readLogLine } from './log-line.ts';

/** What a node that was asked to end does. */
export interface StopPhase {
  /** With the node in front of it: `writing cached state`. */
  readonly what: string;
  /** It writes its state to the disk: killed now, it would lose what is not written, and repair its database at the next start. */
  readonly isWriting: boolean;
  /** Lines since it was asked: more of them are progress. */
  readonly position: number;
}

type Phase = Omit<StopPhase, 'position'>;

/** The shutdown begins, by a signal or by itself. */
const begin = /^(Got interrupt, shutting down|Low disk space\. Gracefully shutting down)/;
const closing: Phase = { what: 'closing its connections', isWriting: false };
const writing: Phase = { what: 'writing cached state', isWriting: true };
const snapshot: Phase = { what: 'writing its snapshot', isWriting: true };
const database: Phase = { what: 'closing its database', isWriting: true };

/** The order of core/blockchain.go and eth/backend.go: hash scheme, path scheme, and the end of the chain in all releases. */
const phases: readonly (readonly [RegExp, Phase])[] = [
  [/^(Writing cached state to disk|Persisted trie from memory database)/, writing],
  [/^Persisting dirty state/, writing],
  [/^Writing snapshot state to disk/, snapshot],
  [/^(Persisted dirty state|Blockchain (manager )?stopped)/, database],
];

/**
 * What a node of the geth family does after SIGTERM, by the last lines of its log; null where it has not begun to shut down, or writes nothing
 * of it.
 *
 * @param tail the last lines of this run, oldest first, in any format of its logger
 * @example
 * stopPhase(['INFO [03-04|09:20:30.100] Got interrupt, shutting down...']);
 * // { what: 'closing its connections', … }
 */
export function stopPhase(tail: readonly string[]): StopPhase | null {
  let found: Phase | null = null;
  let first = 0;
  for (const [at, line] of tail.entries()) {
    const { kind, text } = readLogLine(line);
    if (kind !== 'log') continue;
    if (begin.test(text)) {
      found = closing;
      first = at;
    }
    if (found !== null) found = phases.find(([pattern]) => pattern.test(text))?.[1] ?? found;
  }
  return found === null ? null : { ...found, position: tail.length - first };
}
