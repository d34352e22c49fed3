import type { LogFiles } from '../layout.ts';
import type { IndexWriter } from './index/index-writer.ts';
import { createLiveIdentity } from './live-identity.ts';
import type { StoreEvent } from './store-event.ts';

/** What a look at the live file works on. */
export interface LiveLookParts {
  readonly files: LogFiles;
  readonly index: IndexWriter;
  /** Whether a rotation stands halfway: the places in the live file are not those of the log then. */
  readonly isHalfway: () => boolean;
  readonly now: () => number;
  readonly emit: (event: StoreEvent) => void;
}

/** Looks at the live file: indexes what is new, and tells what another program did to it. */
export function createLiveLook({ files, index, isHalfway, now, emit }: LiveLookParts) {
  const identity = createLiveIdentity(files.live);
  const lookAtIdentity = (): void => {
    if (!identity.hasChanged()) return;
    index.replaced();
    if (!identity.isOurs()) emit({ type: 'moved-by-other', error: movedAway(files.live) });
  };
  return {
    /** The writers are given the file that is there now. */
    accept: (): void => identity.accept(),
    /** @throws the system's error on a full disk */
    look(): void {
      lookAtIdentity();
      if (isHalfway()) return;
      const { lostBytes } = index.advance(now());
      if (lostBytes > 0) emit({ type: 'truncated-by-other', lostBytes });
    },
  };
}

function movedAway(live: string): Error {
  return new Error(
    `another program moved or replaced ${live}: what is written since goes to the file that was there before, and is not in the log until that is moved back or the writer is restarted`,
  );
}
