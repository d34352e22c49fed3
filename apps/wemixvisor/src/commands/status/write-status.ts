import type { AppContext } from '../../context.ts';
import type { ExitCode } from '../../exit-codes.ts';
import type { Screen } from '../../render/fit-screen.ts';
import { statusExitCode } from '../../report/status-exit-code.ts';
import type { StatusReport } from '../../report/status-report.ts';
import type { HomePaths } from '../../state/home-paths.ts';
import type { statusText } from './status-text.ts';

/** What a command with no more options than these is run with. */
export interface SimpleRun {
  readonly context: AppContext;
  readonly paths: HomePaths;
  readonly json: boolean;
}

/** Writes the status of a home's node, as a table or as JSON, and returns the exit code for scripts. */
export async function writeStatus(
  status: StatusReport,
  { context, paths, json }: SimpleRun,
  textOf: typeof statusText,
): Promise<ExitCode> {
  // Programs ask for JSON, again and again: the table is not even loaded.
  const whole = () => `${JSON.stringify(status, null, 2)}\n`;
  context.stdout.write(json ? whole() : await textOf(status, paths, screenOf(context)));
  return statusExitCode(status);
}

/** The terminal as it is now; null where there is none. */
export function screenOf(
  context: Pick<AppContext, 'interactive' | 'columns' | 'rows' | 'colorDepth'>,
): Screen | null {
  const { interactive, columns, rows, colorDepth } = context;
  return interactive ? { columns, rows, colour: colorDepth > 1 } : null;
}
