import { Command } from 'clipanion';
import type { AppContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderProgramHelp } from '../render/help.ts';
import { version } from '../version.ts';

/** `wemixvisor`, `wemixvisor help` and `wemixvisor --help`: what there is. */
export class HelpCommand extends Command<AppContext> {
  static override readonly paths = [['help'], ['--help'], ['-h'], Command.Default];

  override execute(): Promise<number> {
    this.context.stdout.write(renderProgramHelp(this.cli.definitions(), version));
    return Promise.resolve(exitCodes.ok);
  }
}
