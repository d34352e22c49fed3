import { setTimeout as sleep } from 'node:timers/promises';
import { valueTypes } from '@wemixvisor/config-file';
import { Command, Option } from 'clipanion';
import { usageError } from '../app-error.ts';
import type { ControlClient } from '../control/client.ts';
import { inspectHome } from '../control/inspect-home.ts';
import type { StopRequest } from '../control/operations.ts';
import type { StatusReport } from '../report/status-report.ts';
import { readLastStart } from '../state/launch-file.ts';
import { recallState } from '../state/recall-state.ts';
import { exitCodes } from '../exit-codes.ts';
import { killWordsOf } from '../report/exit-words.ts';
import { AppCommand } from './app-command.ts';
import { untilCtrlC } from '../progress/until-ctrl-c.ts';
import { showProgress } from '../progress/show-progress.ts';

/** Milliseconds between two status requests while the node stops. */
const everyMs = 250;

/** `wemixvisor stop`: stops the node cleanly and returns when it is gone. */
export class StopCommand extends AppCommand {
  static override readonly paths = [['stop']];
  static override readonly usage = Command.Usage({
    description: 'stop the node cleanly',
    details: `
      Sends one SIGTERM, as soon as the node can take it, and waits. After the grace period (--stop-timeout of start, 5m
      by default) the node is killed, which is recorded; one that is still writing its state has up to --stop-timeout-max,
      30m by default. With --timeout it has that and no more. A stopped node stays stopped until the next start. Works
      without a supervisor too.

      A gwemix that is a member of its network makes its block first and lets another member lead, for 15 seconds at most; with --force
      it does not. Where the others could make no blocks without it, it is not stopped, unless --below-quorum says so.
      Exit code: 0 it has stopped or did not run, 1 it had to be killed though --force was not given, 130
      Ctrl-C ended the waiting and it goes on stopping.
    `,
    examples: [
      ['Stop, however long it takes', '$0 stop --timeout 0'],
      ['Kill at once; the node may need a long repair at its next start', '$0 stop --force'],
    ],
  });

  readonly timeout = Option.String('--timeout', {
    description: 'The grace period of this stop, such as 10m; 0 never kills',
  });
  readonly force = Option.Boolean('--force', false, { description: 'Kill the node at once' });

  readonly belowQuorum = Option.Boolean('--below-quorum', false, {
    description: 'Stop a member that the others need',
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const request = this.request();
    const before = recallState(this.homePaths).state?.lifecycle;
    const status = await this.askSupervisor((client) => this.stop(client, request));
    const cancelled = before?.state === 'crashed' ? before.reason : null;
    if (status !== undefined) {
      return this.report(status.last_exit?.forced === true, status, cancelled);
    }
    if (before === undefined || before.state === 'stopped') {
      this.say(this.neverStarted ?? 'the node is not running');
      return this.ended({ outcome: 'not_running', status: await this.left() }, exitCodes.ok);
    }
    if (!this.force) await this.handOverUnsupervised();
    const { stopWithoutSupervisor } = await import('../supervisor/stop-without-supervisor.ts');
    const stopped = await untilCtrlC(this.context, goesOnUnwatched, () =>
      stopWithoutSupervisor(this.homePaths, this.context.pid, request),
    );
    const forced = killWordsOf(stopped.lastExit) !== null;
    return this.report(forced, (await this.left()) ?? null, cancelled);
  }

  /** Without a supervisor nobody else asks the other members. */
  private async handOverUnsupervised(): Promise<void> {
    const last = readLastStart(this.homePaths.launch);
    if (last?.launch.node.flavour !== 'gwemix') return;
    const { describeLaunch } = await import('../supervisor/describe-launch.ts');
    const { handOver } = await import('../supervisor/hand-over.ts');
    const reading = { rpcUrl: null, rpcHeaders: [], platform: this.context.platform };
    const { memberEndpoint: endpoint } = describeLaunch(last.launch, reading);
    await handOver({ endpoint, belowQuorum: this.belowQuorum });
  }

  /** The status that a home is left in without a supervisor. */
  private async left(): Promise<StatusReport | undefined> {
    return (await inspectHome(this.homePaths, Date.now())).status;
  }

  /** Asks the supervisor to stop the node, and shows the progress until it is done. */
  private async stop(client: ControlClient, request: StopRequest): Promise<StatusReport> {
    const progress = showProgress(this.context, this.homePaths);
    const done = new AbortController();
    const stopped = untilCtrlC(this.context, goesOn, () => client.stop(request)).finally(() =>
      done.abort(),
    );
    const isDone = () => done.signal.aborted;
    const watched = (async () => {
      while (!isDone()) {
        const status = await client.status();
        if (!isDone()) progress.update(status);
        await sleep(everyMs, undefined, { signal: done.signal });
      }
      // The supervisor ends with its node, so the last request may fail.
    })().catch(() => {});
    try {
      return await stopped;
    } finally {
      await watched;
      progress.end();
    }
  }

  private request(): StopRequest {
    // A supervisor before 0.5.0 knows nothing of the other members.
    const how = { force: this.force, ...(this.belowQuorum && { belowQuorum: true }) };
    if (this.timeout === undefined) return how;
    const { duration } = valueTypes;
    const timeoutMs = duration.parse(this.timeout);
    if (timeoutMs === undefined) {
      throw usageError(`--timeout: "${this.timeout}" is not ${duration.expected}`);
    }
    return { ...how, timeoutMs };
  }

  private report(forced: boolean, status: StatusReport | null, cancelled: string | null): number {
    if (cancelled !== null) {
      this.say(`the node was not running (${cancelled}); its restart is cancelled`);
      return this.ended({ outcome: 'restart_cancelled', status }, exitCodes.ok);
    }
    if (!forced) {
      // Behind who stopped it the reason has what is worth telling: who outlived the node's first process.
      this.say(`the node has stopped${/;.*/.exec(status?.reason ?? '')?.[0] ?? ''}`);
      return this.ended({ outcome: 'stopped', status }, exitCodes.ok);
    }
    if (this.force) this.say('the node was killed');
    else this.warn(`wemixvisor: ${killedLate}`);
    return this.ended({ outcome: 'killed', status }, this.force ? exitCodes.ok : exitCodes.failed);
  }
}

const killedLate =
  'the node did not stop within the grace period and was killed; give it more with --timeout or --stop-timeout';
const goesOn = 'the node goes on stopping: wemixvisor status shows it';
const goesOnUnwatched =
  'nobody waits for the node now; if it was asked to stop already, it goes on stopping: wemixvisor status shows it, wemixvisor stop stops it';
