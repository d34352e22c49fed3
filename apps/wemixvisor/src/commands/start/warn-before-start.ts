import { AppError } from '../../app-error.ts';
import type { StartRequest } from '../../control/operations.ts';
import type { AppContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';

/**
 * Shows the problems of a start before it happens, with a caret under the argument. It blocks nothing, unless `--strict`
 * is on and a problem would stop the node. `isUp` tells whether the home's node runs by now.
 *
 * @throws AppError with exit code 64 under `--strict`.
 */
export async function warnBeforeStart(
  context: AppContext,
  { launch, settings }: StartRequest,
  isUp: () => Promise<boolean>,
): Promise<void> {
  const { stderr, colorDepth, platform, uid } = context;
  if (uid === 0 && !settings.allowRoot && !context.isContained()) {
    stderr.write(`wemixvisor: ${rootWithoutNeed}\n`);
  }
  const { examineLaunch, wouldFail } = await import('../examine-launch.ts');
  const { renderFindings } = await import('@wemixvisor/passthrough/geth');
  const { renderProblems } = await import('../../render/examination.ts');
  const examination = await examineLaunch({ ...launch, platform, ownPid: null });
  const { findings, problems } = examination;
  // Another start of this home may have been faster: then our own node holds the ports.
  if (problems.length > 0 && (await isUp())) return;
  const worth = findings.filter(({ severity }) => severity !== 'info');
  stderr.write(renderFindings(launch.args, worth, { colour: colorDepth > 1 }));
  stderr.write(renderProblems(problems));
  if (settings.strict && wouldFail(examination)) {
    throw new AppError('not started: --strict is on, and this start would fail (see above)', {
      exitCode: exitCodes.usage,
    });
  }
}

const rootWithoutNeed =
  'running as root, which a node does not need: a break-in would own the machine; use a separate user (sudo -u USER wemixvisor start …), or --allow-root';
