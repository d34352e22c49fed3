import type { Clock } from '../clock.ts';
import type { LogFiles } from '../layout.ts';
import { errorEvent } from './error-event.ts';
import type { IndexWriter } from './index/index-writer.ts';
import { createLiveIdentity } from './live-identity.ts';
import type { StoreEvent } from './store-event.ts';

/** What a look at the live file works on. */
export interface LiveLookParts {
  readonly files: LogFiles;
  readonly index: IndexWriter;
  /** Tells whether a rotation stands halfway: the places in the live file are not those of the log then. */
  readonly rotator: { readonly isHalfway: () => boolean };
  /** Tells whether the disk is full, which is reported elsewhere. */
  readonly disk: { readonly isFull: () => boolean };
  readonly clock: Pick<Clock, 'now'>;
  readonly emit: (event: StoreEvent) => void;
}

/** Looks at the live file: indexes what is new, and tells what another program did to it. */
export function createLiveLook({ files, index, rotator, disk, clock, emit }: LiveLookParts) {
  const identity = createLiveIdentity(files.live);
  const lookAtIdentity = (): void => {
    if (!identity.hasChanged()) return;
    index.replaced();
    if (!identity.isOurs()) emit({ type: 'moved-by-other', error: movedAway(files.live) });
  };
  const advanceIndex = (): void => {
    const { lostBytes } = index.advance(clock.now());
    if (lostBytes > 0) emit({ type: 'truncated-by-other', lostBytes });
  };
  return {
    /** The writers are given the file that is there now. */
    accept: (): void => identity.accept(),
    /** Never throws. */
    look(): void {
      try {
        lookAtIdentity();
        if (!rotator.isHalfway()) advanceIndex();
      } catch (error) {
        if (!disk.isFull()) emit(errorEvent(error));
      }
    },
  };
}

function movedAway(live: string): Error {
  return new Error(
    `another program moved or replaced ${live}: what is written since goes to the file that was there before, and is not in the log until that is moved back or the writer is restarted`,
  );
}
