import { closeSync, writeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { messageOf } from '../app-error.ts';
import type { Settings } from '../settings/settings.ts';
import { reportDescriptor, type SupervisorReport } from '../control/spawn-supervisor.ts';
import type { HomePaths } from '../state/home-paths.ts';
import type { AppContext } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';

/**
 * Runs the supervisor in the background, as `start` spawns it: settings on standard input, its report on descriptor 3.
 * It loads its modules while `start` still resolves the settings. Without settings it ends: `start` has failed.
 */
export async function supervise({
  context,
  paths,
}: {
  readonly context: AppContext;
  readonly paths: HomePaths;
}): Promise<ExitCode> {
  const ignoreHangup = context.onSignal('SIGHUP', () => {});
  const [said, { HomeHeld, runSupervisor }] = await Promise.all([
    text(context.stdin),
    import('../supervisor/run-supervisor.ts'),
  ]);
  if (said === '') return exitCodes.failed;
  try {
    const settings = JSON.parse(said) as Settings;
    // Without it V8 lets the heap of a health check over HTTP grow to three times its size (docs/decisions/0010).
    context.setV8Flag('--optimize-for-size');
    const supervisor = await runSupervisor({ ...context, paths, settings, endsWithNode: true });
    // The journal says what is wrong with the configuration.
    context.onSignal('SIGHUP', () => void supervisor.operations.reload().catch(() => {}));
    ignoreHangup();
    // These leave the node running: only `stop` stops it.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      context.onSignal(signal, () => supervisor.end());
    }
    report({ ready: true, notices: supervisor.notices });
    // The report is out: the journal says what ends it from here on.
    return await supervisor.ended.then(
      () => exitCodes.ok,
      () => exitCodes.failed,
    );
  } catch (error) {
    report({ ready: false, error: messageOf(error), held: error instanceof HomeHeld });
    return exitCodes.failed;
  }
}

function report(said: SupervisorReport): void {
  try {
    writeSync(reportDescriptor, JSON.stringify(said));
    closeSync(reportDescriptor);
  } catch {
    // `start` has ended and does not read it.
  }
}
