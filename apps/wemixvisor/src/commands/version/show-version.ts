import { exitCodes, type ExitCode } from '../../exit-codes.ts';
import { version } from '../../version.ts';

/** Writes this program's version. */
export function showVersion(stdout: NodeJS.WritableStream, json: boolean): ExitCode {
  stdout.write(`${json ? JSON.stringify({ schema: 1, version }) : version}\n`);
  return exitCodes.ok;
}
