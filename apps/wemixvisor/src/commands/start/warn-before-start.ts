import { usageError } from '../../app-error.ts';
import type { NodeVersion } from '@wemixvisor/passthrough';
import type { StartRequest } from '../../control/operations.ts';
import type { AppContext } from '../../context.ts';
import { rootWithoutNeed } from '../root-without-need.ts';

/**
 * Shows the problems of a start before it happens, with a caret under the argument. It blocks nothing, unless `--strict`
 * is on. `isUp` tells whether the home's node runs by now.
 *
 * @throws AppError with exit code 64 under `--strict`.
 */
export async function warnBeforeStart(
  context: AppContext,
  request: StartRequest,
  isUp: () => Promise<boolean>,
): Promise<void> {
  const { stderr, uid } = context;
  const { settings } = request;
  if (uid === 0 && !settings.allowRoot && !context.isContained()) {
    const { message, remedy } = rootWithoutNeed;
    stderr.write(`wemixvisor: ${message}; ${remedy}\n`);
  }
  // Another start of this home may have been faster: then our own node holds the ports.
  const worst = await showProblems(context, request, { ownPid: null, isUp });
  if (worst !== null && settings.strict) {
    throw usageError('not started: --strict is on and the checks warn (see above)');
  }
}

/**
 * Shows the problems of a restart before the node of that pid, which runs `program`, is stopped.
 *
 * @throws AppError with exit code 64 where the node would not start again, or `--strict` is on: it goes on as it is.
 */
export async function refuseHopelessRestart(
  context: AppContext,
  request: StartRequest,
  { pid: ownPid, program }: { readonly pid: number; readonly program: NodeVersion },
): Promise<void> {
  const { flavour } = request.launch.node;
  const isKnown = ![program.flavour, flavour].includes('unknown');
  // go-wbft comes after gwemix.
  if (isKnown && (program.flavour === 'geth') !== (flavour === 'geth')) {
    throw usageError(
      `not restarted: ${request.launch.file} is ${flavour}, which cannot go on with the data of ${program.flavour}; the node keeps running (pid ${ownPid}); --force restarts it all the same`,
    );
  }
  const isUp = () => Promise.resolve(false);
  const worst = await showProblems(context, request, { ownPid, isUp });
  if (worst === null || (worst === 'warning' && !request.settings.strict)) return;
  const why = worst === 'error' ? 'the node would not start again' : '--strict is on';
  throw usageError(
    `not restarted: ${why} (see above); it keeps running (pid ${ownPid}); --force restarts it all the same`,
  );
}

/** The worst that was shown: an error would stop the start. Nothing is shown of a machine on which the node is up by now. */
async function showProblems(
  { stderr, colorDepth, platform }: AppContext,
  { launch }: StartRequest,
  { ownPid, isUp }: { readonly ownPid: number | null; readonly isUp: () => Promise<boolean> },
): Promise<'error' | 'warning' | null> {
  const { examineLaunch, wouldFail } = await import('../../supervisor/examine-launch.ts');
  const { renderFindings } = await import('@wemixvisor/passthrough/geth');
  const { renderProblems } = await import('../../render/examination.ts');
  const examination = await examineLaunch({ ...launch, platform, ownPid });
  const { findings, problems } = examination;
  if (problems.length > 0 && (await isUp())) return null;
  const worth = findings.filter(({ severity }) => severity !== 'info');
  stderr.write(renderFindings(launch.args, worth, { colour: colorDepth > 1 }));
  stderr.write(renderProblems(problems));
  if (wouldFail(examination)) return 'error';
  return worth.length + problems.length > 0 ? 'warning' : null;
}
