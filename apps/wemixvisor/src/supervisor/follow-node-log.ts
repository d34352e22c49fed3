import { readLog } from '@wemixvisor/logs';
import type { HomePaths } from '../config/home.ts';

/** The node's log on its way to standard output. */
export interface FollowedLog {
  /** Shows what is left of the log and ends. */
  finish(): Promise<void>;
}

const newline = Buffer.from('\n');

/** Copies each new line of the node's log to a stream, for a supervisor in the foreground. */
export function followNodeLog(paths: HomePaths, output: NodeJS.WritableStream): FollowedLog {
  const end = new AbortController();
  const records = readLog({
    directory: paths.logs,
    name: 'node',
    lines: 0,
    follow: true,
    finish: end.signal,
  });
  const copied = (async () => {
    for await (const { bytes, terminated } of records) {
      output.write(terminated ? Buffer.concat([bytes, newline]) : bytes);
    }
  })();
  return {
    async finish() {
      end.abort();
      await copied;
    },
  };
}
