import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { sanitizeTerminal } from '@wemixvisor/logs';
import type { LastExit } from '@wemixvisor/process';
import { AppError, messageOf } from '../../app-error.ts';
import type { HomePaths } from '../../state/home-paths.ts';
import { openControlClient } from '../../control/open-control-client.ts';
import type { StartRequest } from '../../control/operations.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { HomeHeld, runSupervisor, type Supervisor } from '../../supervisor/run-supervisor.ts';
import type { SupervisorOptions } from '../../supervisor/supervisor-options.ts';
import { isUpgradeUnderWay } from '../../supervisor/upgraded-start.ts';
import { prettyEvent } from '../../render/pretty-event.ts';
import { followNodeLog } from './follow-node-log.ts';

/** The parameters of a run in the foreground. */
export interface ForegroundRun {
  readonly context: CommandContext;
  readonly paths: HomePaths;
  readonly request: StartRequest;
  /** Whether only a signal ends it; else it ends with the node. */
  readonly stays: boolean;
}

/**
 * Supervises right here: the node's log goes to standard output and the supervisor's events to standard error.
 * SIGTERM and SIGINT stop the node cleanly, once. Returns the node's exit code, or 128 + signal.
 */
export async function runInForeground({
  context,
  paths,
  request,
  stays,
}: ForegroundRun): Promise<number> {
  let { logFormat } = request.settings;
  const isPretty = () => (logFormat ?? (context.interactive ? 'pretty' : 'json')) === 'pretty';
  context.setV8Flag('--optimize-for-size'); // As in the background.
  const supervisor = await soonSupervisor({
    paths,
    settings: request.settings,
    pid: context.pid,
    uid: context.uid,
    platform: context.platform,
    env: context.env,
    homeDirectory: context.homeDirectory,
    endsWithNode: false,
    isTrial: context.line.command === 'run',
    echo: (line) => context.stderr.write(isPretty() ? sanitizeTerminal(prettyEvent(line)) : line),
  });
  supervisor.settings.subscribe((next) => {
    ({ logFormat } = next);
  });
  const finishLog = followNodeLog(context, paths);
  const tellEnd = await serviceManager(context, supervisor, request);
  const { supervision, operations } = supervisor;
  const { stop, stopped, wasDownBefore } = stopper(context, supervisor);
  const unsubscribe = [context.onSignal('SIGTERM', stop), context.onSignal('SIGINT', stop)];
  // On a terminal SIGHUP means that the terminal closed, and the node outlives its supervisor.
  if (!context.interactive) {
    unsubscribe.push(context.onSignal('SIGHUP', () => void operations.reload().catch(() => {})));
  }
  const isDown = (now = supervision.snapshot) =>
    (now.state === 'stopped' || now.state === 'error') && !isUpgradeUnderWay(now);
  const down = new Promise<void>((resolve) => {
    unsubscribe.push(supervision.subscribe(({ after }) => isDown(after) && resolve()));
  });
  try {
    const reply = await operations.start(request);
    if (reply.outcome === 'different') {
      throw new AppError(`the node is running, but ${reply.differences.join('; ')}`);
    }
    // A detach ends the supervisor and leaves the node running.
    if (stays) await Promise.race([stopped, supervisor.ended]);
    else if (!isDown()) await Promise.race([down, supervisor.ended]);
    await finishLog();
    const { pid, lastExit } = supervision.snapshot;
    const isClean = pid !== null || wasDownBefore(lastExit);
    return isClean ? exitCodes.ok : exitCodeOf(lastExit);
  } finally {
    for (const end of unsubscribe) end();
    await tellEnd?.();
    supervisor.end();
    await supervisor.ended;
  }
}

/** Milliseconds that a supervisor may take to end after it was asked to. */
const endingMs = 5_000;

/** Runs the supervisor; one before it that does not answer any more, as after a detach, may have the home for a moment. */
async function soonSupervisor(options: SupervisorOptions): Promise<Supervisor> {
  const deadline = performance.now() + endingMs;
  const answers = () => openControlClient(options.paths).status();
  for (;;) {
    try {
      return await runSupervisor(options);
    } catch (error) {
      const isEnding = error instanceof HomeHeld && performance.now() < deadline;
      if (!isEnding || (await answers().then(Boolean, () => false))) throw error;
      await sleep(100);
    }
  }
}

/** Stops the node at the first signal, and says of the others that they are too many. */
function stopper({ stderr }: CommandContext, { operations, supervision }: Supervisor) {
  let asked: { readonly lastExit: LastExit | null } | null = null;
  let isStopped = () => {};
  const stopped = new Promise<void>((resolve) => (isStopped = resolve));
  const stop = () => {
    if (asked !== null) {
      stderr.write(
        'wemixvisor: the node is still stopping and must not be hurried: a second signal can damage it. To kill it: wemixvisor stop --force\n',
      );
      return;
    }
    asked = supervision.snapshot;
    // Not carried to its end where a detach comes between.
    // Whoever sends a signal does not wait for an answer: a refusal would be a node that is killed.
    operations.stop({ belowQuorum: true }).then(isStopped, (error: unknown) => {
      stderr.write(`wemixvisor: the node was not stopped: ${messageOf(error)}\n`);
    });
  };
  /** A stop of a node that was down is a clean one, however the node had ended. */
  const wasDownBefore = (exit: LastExit | null) => exit !== null && asked?.lastExit === exit;
  return { stop, stopped, wasDownBefore };
}

/** Loaded for a service alone. */
async function serviceManager(
  { env, pid, stderr }: CommandContext,
  supervisor: Supervisor,
  { settings }: StartRequest,
): Promise<(() => Promise<void>) | null> {
  if (env['NOTIFY_SOCKET'] === undefined) return null;
  const { tellServiceManager } = await import('./tell-service-manager.ts');
  const warn = (line: string) => void stderr.write(`${line}\n`);
  return tellServiceManager({ supervisor, env, pid, readyAfterMs: settings.waitTimeout, warn });
}

function exitCodeOf(exit: { code: number | null; signal: string | null } | null): number {
  const { code, signal } = exit ?? { code: null, signal: null };
  if (signal === null) return code ?? exitCodes.failed;
  // A real-time signal has no name: it is `signal 34`.
  const numbers: Readonly<Record<string, number | undefined>> = constants.signals;
  return 128 + (numbers[signal] ?? Number(signal.replace(/\D+/, '')));
}
