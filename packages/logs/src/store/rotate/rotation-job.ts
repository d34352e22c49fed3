import type { LogFiles } from '../../layout.ts';
import type { StoreEffects } from '../../ports.ts';
import type { Writers } from './writers.ts';

/** What one rotation works on. */
export interface RotationJob {
  readonly files: LogFiles;
  /** The name of the segment to be, while it is a copy. */
  readonly stem: string;
  /** The name that it gets when its bytes move: no line in a segment is newer than its name says, and a copy takes time. */
  readonly finalStem: () => string;
  readonly writers: Writers;
  readonly ports: StoreEffects;
}
