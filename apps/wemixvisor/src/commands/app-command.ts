import { Command, Option } from 'clipanion';
import { statSync } from 'node:fs';
import { exitCodeOf, messageOf, sayFailure, systemCodeOf } from '../app-error.ts';
import type { CommandContext } from '../context.ts';
import { SupervisorUnreachable, type ControlClient } from '../control/client.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { ActionOutcome, ActionReport } from '../report/action-report.ts';
import type { StatusReport } from '../report/status-report.ts';
import { openControlClient } from '../control/open-control-client.ts';
import {
  homeFolder,
  homePaths as pathsUnder,
  neverStarted,
  type HomePaths,
} from '../state/home-paths.ts';

/** Base of all commands: the home they work on, and errors as one line on standard error. */
export abstract class AppCommand extends Command<CommandContext> {
  readonly home = Option.String('--home', {
    description: 'The home folder; else WEMIXVISOR_HOME, else ~/.wemixvisor',
  });

  /** The paths of the chosen home. */
  protected get homePaths(): HomePaths {
    return pathsUnder(homeFolder(this.home, this.context), this.context);
  }

  /** That no node was ever started in the chosen home; undefined where one was. */
  protected get neverStarted(): string | undefined {
    try {
      statSync(this.homePaths.logs);
      return undefined;
    } catch (error) {
      // Of a home that may not be entered, or a disk that fails, nothing is known.
      const isMissing = ['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '');
      return isMissing ? neverStarted(this.homePaths) : undefined;
    }
  }

  /** Writes a line for people to standard output; with `--json` there is nothing but JSON. */
  protected say(line: string): void {
    if (!this.context.line.json) this.context.stdout.write(`${line}\n`);
  }

  /** Writes a line to standard error. */
  protected warn(line: string): void {
    this.context.stderr.write(`${line}\n`);
  }

  /** Writes a value to standard output as JSON. */
  protected sayJson(value: unknown): void {
    this.context.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** Says why the command fails, and returns the exit code. */
  protected fail(error: string, exitCode: ExitCode): ExitCode {
    const { stdout, stderr, line } = this.context;
    return sayFailure({ stdout, stderr, json: line.json }, error, exitCode);
  }

  /** Writes the report of an action that has ended, with `--json` alone, and returns the exit code. */
  protected ended(
    {
      outcome,
      status = null,
      differences = [],
      applied = [],
      at_next_start = [],
    }: {
      readonly outcome: ActionOutcome;
      readonly status?: StatusReport | null | undefined;
      readonly differences?: readonly string[];
      readonly applied?: readonly string[];
      readonly at_next_start?: readonly string[];
    },
    exitCode: ExitCode,
  ): ExitCode {
    const changes = { differences, applied, at_next_start };
    const report: ActionReport = { schema: 1, outcome, status, ...changes };
    if (this.context.line.json) this.sayJson(report);
    return exitCode;
  }

  /** Asks the supervisor of the home; undefined where none runs. */
  protected async askSupervisor<T>(
    ask: (client: ControlClient) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await ask(openControlClient(this.homePaths));
    } catch (error) {
      if (error instanceof SupervisorUnreachable) return undefined;
      throw error;
    }
  }

  override async validateAndExecute(): Promise<number> {
    try {
      return await super.validateAndExecute();
    } catch (error) {
      const { path = '' } = error as NodeJS.ErrnoException;
      if (systemCodeOf(error) === 'EACCES' && path.startsWith(`${this.homePaths.home}/`)) {
        const why = `not allowed to read ${path}: run as the user of this home`;
        return this.fail(why, exitCodes.unknown);
      }
      return this.fail(messageOf(error), exitCodeOf(error));
    }
  }
}
