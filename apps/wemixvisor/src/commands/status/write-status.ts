import type { AppContext } from '../../context.ts';
import type { ExitCode } from '../../exit-codes.ts';
import type { Screen } from '../../render/fit-screen.ts';
import { statusExitCode } from '../../report/status-exit-code.ts';
import type { StatusReport } from '../../report/status-report.ts';
import type { HomePaths } from '../../state/home-paths.ts';
import type { statusText } from './status-text.ts';

/** What the status of a home is shown on, and how. */
export interface StatusRequest {
  readonly context: Pick<
    AppContext,
    'stdout' | 'stderr' | 'interactive' | 'columns' | 'rows' | 'colorDepth'
  >;
  readonly paths: HomePaths;
  readonly json: boolean;
}

/** Writes the status of a home's node, as a table or as JSON, and returns the exit code for scripts. */
export async function writeStatus(
  status: StatusReport,
  { context, paths, json }: StatusRequest,
  textOf: typeof statusText,
): Promise<ExitCode> {
  // Programs ask for JSON, again and again: the table is not even loaded.
  const text = json
    ? `${JSON.stringify(status, null, 2)}\n`
    : await textOf(status, paths, screenOf(context));
  context.stdout.write(text);
  return statusExitCode(status);
}

/** The terminal as it is now; null where there is none. */
export function screenOf({
  interactive,
  columns,
  rows,
  colorDepth,
}: Omit<StatusRequest['context'], 'stdout' | 'stderr'>): Screen | null {
  return interactive ? { columns, rows, colour: colorDepth > 1 } : null;
}
