import { once } from 'node:events';
import { Command, Option } from 'clipanion';
import { usageError } from '../app-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { AppCommand } from './app-command.ts';

/** `wemixvisor logs`: the node's log, straight from the files. */
export class LogsCommand extends AppCommand {
  static override readonly paths = [['logs']];
  static override readonly usage = Command.Usage({
    description: "show the node's log",
    details: 'Reads the files, so it works with the supervisor down, too.',
    examples: [
      ['The last 100 lines', '$0 logs'],
      ['Follow it', '$0 logs -f'],
    ],
  });

  readonly follow = Option.Boolean('-f,--follow', false, {
    description: 'Show new lines as they come',
  });
  readonly lines = Option.String('-n,--lines', '100', {
    description: 'How many of the last lines; all for every one',
  });

  override async execute(): Promise<number> {
    const lines = this.lines === 'all' ? 'all' : Number(this.lines);
    if (lines !== 'all' && !(/^\d+$/.test(this.lines) && Number.isSafeInteger(lines))) {
      throw usageError(`-n: "${this.lines}" is not a number of lines, or all`);
    }
    const { readLog } = await import('@wemixvisor/logs');
    const { stdout } = this.context;
    const abort = new AbortController();
    const stop = this.context.onSignal('SIGINT', () => abort.abort());
    // A reader that has seen enough (| head) is a success, not an error.
    stdout.once('close', () => abort.abort());
    const records = readLog({
      directory: this.homePaths.logs,
      name: 'node',
      lines,
      follow: this.follow,
      signal: abort.signal,
    });
    try {
      for await (const { bytes } of records) {
        if (abort.signal.aborted) break;
        if (!stdout.write(Buffer.concat([bytes, newline]))) await drained(stdout, abort.signal);
      }
    } finally {
      stop();
    }
    return exitCodes.ok;
  }
}

const newline = Buffer.from('\n');

async function drained(stream: NodeJS.WritableStream, signal: AbortSignal): Promise<void> {
  await once(stream, 'drain', { signal }).catch(() => {});
}
