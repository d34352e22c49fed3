import { systemClock, type Clock } from '../clock.ts';
import { watchFolder, type WatchFolder } from './follow/watch-folder.ts';

/* Apart from those of a store, which takes three times as long to load: whoever only reads does not need it. */

/** The effects of a reader, replaceable in tests. */
export interface LogReaderPorts {
  readonly clock: Clock;
  /** Waits for changes of a folder. */
  readonly watchFolder: WatchFolder;
}

/** The real clock and file system. */
export const systemReaderPorts: LogReaderPorts = { clock: systemClock, watchFolder };
