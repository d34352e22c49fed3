import type { AppContext } from '../../context.ts';
import { exitCodes, type ExitCode } from '../../exit-codes.ts';
import { version } from '../../version.ts';

/** Writes this program's version. */
export function showVersion({
  context: { stdout },
  json,
}: {
  readonly context: Pick<AppContext, 'stdout'>;
  readonly json: boolean;
}): ExitCode {
  stdout.write(`${json ? JSON.stringify({ version }) : version}\n`);
  return exitCodes.ok;
}
