import type { LogFiles } from '../../layout.ts';
import type { LogStorePorts } from '../../ports.ts';
import type { Writers } from './writers.ts';

/** What one rotation works on. */
export interface RotationJob {
  readonly files: LogFiles;
  /** The name of the segment to be. */
  readonly stem: string;
  readonly writers: Writers;
  readonly ports: LogStorePorts;
}
