import { Command, Option } from 'clipanion';
import { usageError } from '../app-error.ts';
import { inspectHome } from '../control/inspect-home.ts';
import { openControlClient } from '../control/open-control-client.ts';
import { askSupervisor } from '../control/ensure-supervisor.ts';
import { readLastStart, readLaunchFile, type LastStart } from '../state/launch-file.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderSettingChanges } from '../render/setting-changes.ts';
import { SettingsCommand } from './settings-command.ts';
import { reportArrival } from '../progress/report-arrival.ts';
import { untilCtrlC } from '../progress/until-ctrl-c.ts';
import type { ControlClient } from '../control/client.ts';
import type { StartReply } from '../control/operations.ts';
import { warnBeforeStart } from './start/warn-before-start.ts';

/** `wemixvisor start`: starts the node in the background, or with `--foreground` right here. */
export class StartCommand extends SettingsCommand {
  static override readonly paths = [['start']];
  static override readonly usage = Command.Usage({
    description: 'start the node and keep it running',
    details: `
      All arguments after \`--\` go to the node, byte for byte.

      Returns when the node is ready or has failed. Without \`--\`, the node gets the arguments of the last start; where there
      was none, \`--\` is asked for.
      A node that runs already is left alone: what options change of health, log, alerts and restarts is in force at once,
      and named. One whose supervisor died is adopted as it is.
      Exit code: 0 the node is ready or ran already, 1 it failed or runs with other options, 64 the command line or the
      configuration is wrong, 75 it is not ready yet and keeps starting, 130 Ctrl-C ended the
      waiting and it keeps starting. With --foreground: the node's own code, or 128 + signal.
    `,
    examples: [
      ['Start geth with its data in /data', '$0 start -- --datadir /data --http'],
      [
        'Start another program, with more time to stop',
        '$0 start --binary ./gwemix --stop-timeout 10m -- --datadir /data',
      ],
      [
        'Stay in the foreground, for systemd or a container',
        '$0 start --foreground -- --datadir /data',
      ],
    ],
  });

  readonly foreground = Option.Boolean('--foreground', false, {
    description: 'Run in the foreground, for systemd and containers',
  });
  readonly stay = Option.Boolean('--stay', false, {
    description: 'With --foreground: stay while the node is down',
  });
  readonly lastGood = Option.Boolean('--last-good', false, {
    description: 'Repeat the last start that reached running',
  });
  readonly noWait = Option.Boolean('--no-wait', false, {
    description: 'Return at once, ready or not',
  });

  private refuseCombinations(): void {
    if (this.foreground && this.json) throw usageError(logIsOutput);
    if (this.stay && !this.foreground) throw usageError('--stay is for --foreground');
  }

  /** The start that is repeated; undefined where the node's options are given. */
  private repeated(): LastStart | undefined {
    const { line } = this.context;
    const { home, launch } = this.homePaths;
    if (!this.lastGood) return line.separated ? undefined : readLastStart(launch);
    if (line.separated) throw usageError('--last-good and -- OPTIONS exclude each other');
    const good = readLaunchFile(launch)?.good ?? null;
    if (good === null) throw usageError(`--last-good: no start in ${home} has reached running yet`);
    return good;
  }

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const { context, homePaths: paths } = this;
    this.refuseCombinations();
    const last = this.repeated();
    const request = await this.startRequest(last);
    const { settings } = request;
    const inspect = async () => (await inspectHome(paths, Date.now())).status;
    const status = await inspect();
    if ((status?.pid ?? null) === null) {
      if (!context.line.separated && last === undefined) throw nothingToRepeat(paths.home);
      if (status?.last_exit?.forced === true) this.warn(killedByForce);
      await warnBeforeStart(
        context,
        request,
        async () => ((await inspect())?.pid ?? null) !== null,
      );
    }
    if (this.foreground) {
      const { runInForeground } = await import('./start/run-in-foreground.ts');
      return runInForeground({ context, paths, request, stays: this.stay });
    }
    const { env, self, prespawned } = context;
    const sent = (client: ControlClient) =>
      untilCtrlC(context, goesOn, () => client.start(request));
    const reply = await askSupervisor(sent, {
      paths,
      settings,
      env,
      self,
      prespawned,
      onNotice: (notice) => this.warn(notice),
    });
    if (reply.outcome === 'different') {
      const what = reply.differences.join('; ');
      this.warn(
        `wemixvisor: the node is running, but ${what}; to change it: wemixvisor restart -- OPTIONS`,
      );
      return this.ended({ ...reply, status: await inspect() }, exitCodes.failed);
    }
    const { status: reached } = reply;
    if (reply.outcome === 'already-running') {
      const changes = this.sayAlreadyUp(reply);
      if (reached.state === 'running') {
        return this.ended({ outcome: 'running', status: reached, ...changes }, exitCodes.ok);
      }
    } else if (last !== undefined) {
      this.say(`starting with the arguments of the last start${this.lastGood ? ' that ran' : ''}`);
    }
    if (this.noWait) return this.ended({ outcome: 'started', status: reached }, exitCodes.ok);
    const client = openControlClient(paths);
    const arrival = await reportArrival(this.context, {
      paths,
      say: (line) => this.say(line),
      goesOn,
      status: () => client.status(),
      timeoutMs: settings.waitTimeout,
    });
    return this.ended(arrival, arrival.code);
  }

  /** Says that the node was up, and what the start has changed of it, which it gives. */
  private sayAlreadyUp(reply: Extract<StartReply, { readonly outcome: 'already-running' }>) {
    const { status, applied = [], at_next_start = [], problems = [] } = reply;
    const changes = { applied, at_next_start };
    this.say(
      `the node is already ${status.state}${status.pid === null ? '' : ` (pid ${status.pid})`}`,
    );
    const lines = renderSettingChanges(changes);
    if (lines !== '') this.say(lines);
    for (const problem of problems) this.warn(`wemixvisor: not applied: ${problem}`);
    return changes;
  }
}

const logIsOutput = '--foreground and --json exclude each other: the output is the log of the node';

/** A node without options would follow the main network, with its data in its own default folder: nobody types that by `start` alone. */
const nothingToRepeat = (home: string) =>
  usageError(
    `there is no earlier start to repeat in ${home}: give the node's options after --, as in: wemixvisor start -- --datadir /data (nothing after -- for the node's own defaults)`,
  );

const goesOn = 'the node goes on starting: wemixvisor status shows it, wemixvisor stop stops it';

const killedByForce =
  'wemixvisor: the node was killed by force when it last ended; it may repair its data for a long time now';
