import manifest from '../package.json' with { type: 'json' };
import { exitCodes, type ExitCode } from './exit-codes.ts';

/** The version of this program. */
export const { version } = manifest;

/** Writes it. */
export function showVersion(stdout: NodeJS.WritableStream, json: boolean): ExitCode {
  stdout.write(`${json ? JSON.stringify({ schema: 1, version }) : version}\n`);
  return exitCodes.ok;
}
