import { Command, Option } from 'clipanion';
import { exitCodeOf, messageOf } from '../app-error.ts';
import { homeFolder, homePaths as pathsUnder, type HomePaths } from '../state/home-paths.ts';
import type { CommandContext } from '../context.ts';

/** Base of all commands: the home they work on, and errors as one line on standard error. */
export abstract class AppCommand extends Command<CommandContext> {
  readonly home = Option.String('--home', {
    description: 'The home folder; else WEMIXVISOR_HOME, else ~/.wemixvisor',
  });

  /** The paths of the chosen home. */
  protected get homePaths(): HomePaths {
    return pathsUnder(homeFolder({ option: this.home, ...this.context }), this.context);
  }

  /** Writes a line to standard output. */
  protected say(line: string): void {
    this.context.stdout.write(`${line}\n`);
  }

  /** Writes a line to standard error. */
  protected warn(line: string): void {
    this.context.stderr.write(`${line}\n`);
  }

  override async validateAndExecute(): Promise<number> {
    try {
      return await super.validateAndExecute();
    } catch (error) {
      this.warn(`wemixvisor: ${messageOf(error)}`);
      return exitCodeOf(error);
    }
  }
}
