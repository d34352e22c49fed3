import { closeSync, writeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { messageOf } from '../app-error.ts';
import type { Settings } from '../config/settings.ts';
import { reportDescriptor, type SupervisorReport } from '../control/spawn-supervisor.ts';
import { exitCodes } from '../exit-codes.ts';
import { AppCommand } from './app-command.ts';

/** The supervisor in the background, as `start` spawns it: settings on standard input, its report on descriptor 3. */
export class SuperviseCommand extends AppCommand {
  static override readonly paths = [['supervise']];

  override async execute(): Promise<number> {
    const { context, homePaths: paths } = this;
    const early = context.onSignal('SIGHUP', () => {});
    const settings = JSON.parse(await text(context.stdin)) as Settings;
    const { HomeHeld, runSupervisor } = await import('../supervisor/run-supervisor.ts');
    try {
      const supervisor = await runSupervisor({
        ...context,
        paths,
        settings,
        endsWithNode: true,
      });
      // What is wrong with the configuration is in the journal.
      context.onSignal('SIGHUP', () => void supervisor.operations.reload().catch(() => {}));
      early();
      // The node is left as it is: only `stop` stops it.
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        context.onSignal(signal, () => supervisor.end());
      }
      report({ ready: true, notices: supervisor.notices });
      await supervisor.ended;
      return exitCodes.ok;
    } catch (error) {
      report({ ready: false, error: messageOf(error), held: error instanceof HomeHeld });
      return exitCodes.failed;
    }
  }
}

function report(said: SupervisorReport): void {
  try {
    writeSync(reportDescriptor, JSON.stringify(said));
    closeSync(reportDescriptor);
  } catch {
    // Nobody waits for it any more.
  }
}
