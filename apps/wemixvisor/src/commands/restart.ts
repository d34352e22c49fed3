import { Command, Option } from 'clipanion';
import { AppError } from '../app-error.ts';
import { inspectHome } from '../control/inspect-home.ts';
import { openControlClient } from '../control/open-control-client.ts';
import { askSupervisor } from '../control/ensure-supervisor.ts';
import { longestStop } from '../settings/longest-stop.ts';
import type { StatusReport } from '../report/status-report.ts';
import { readLastStart } from '../state/launch-file.ts';
import { reportArrival } from '../progress/report-arrival.ts';
import { untilCtrlC } from '../progress/until-ctrl-c.ts';
import { SettingsCommand } from './settings-command.ts';
import { refuseHopelessRestart } from './start/warn-before-start.ts';

/** `wemixvisor restart`: stops the node cleanly and starts it again, with new arguments if some are given. */
export class RestartCommand extends SettingsCommand {
  static override readonly paths = [['restart']];
  static override readonly usage = Command.Usage({
    description: 'stop the node cleanly and start it again',
    details: `
      Without \`--\` the node keeps its arguments; with \`--\` the new ones replace all of them.
      A gwemix that is a member of its network hands over first, as with \`stop\`.
      What \`doctor\` knows is checked before anything is stopped: where the node would not start again, it keeps running.
      Returns when the node is ready again or has failed.
      Exit code: 0 it is ready again, 1 it failed or there is no node to restart, 64 the command line or the configuration
      is wrong or the node would not start again, 75 it is not ready yet and goes on, 130 Ctrl-C ended the
      waiting and the restart goes on.
    `,
    examples: [
      ['Restart as it was', '$0 restart'],
      ['Restart with other arguments', '$0 restart -- --datadir /data --http --maxpeers 100'],
    ],
  });

  readonly force = Option.Boolean('--force', false, {
    description: 'Restart even where the node would not start again',
  });

  readonly belowQuorum = Option.Boolean('--below-quorum', false, {
    description: 'Restart a member that the others need',
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const { context, homePaths: paths, belowQuorum } = this;
    const last = readLastStart(paths.launch);
    if (last === undefined) {
      throw new AppError('there is no node to restart: wemixvisor start -- OPTIONS');
    }
    const request = await this.startRequest(last);
    const { settings } = request;
    const pid = (await inspectHome(paths, Date.now())).status?.pid ?? null;
    if (pid !== null && !this.force) {
      await refuseHopelessRestart(context, request, { pid, program: last.launch.node });
    }
    const { env, self } = context;
    const client = openControlClient(paths);
    let before: number | undefined;
    await askSupervisor(
      async (supervisor) => {
        const status = await supervisor.status();
        // The supervisor died and this is its successor, which completes a restart that had begun.
        if (before !== undefined && isUnderWay(status, before)) return status;
        before ??= status.generation;
        return untilCtrlC(context, goesOn, () =>
          supervisor.restart(request, belowQuorum ? { belowQuorum } : {}),
        );
      },
      { paths, settings, env, self, onNotice: (notice) => this.warn(notice) },
    );
    const arrival = await reportArrival(context, {
      paths,
      say: (line) => this.say(line),
      goesOn,
      status: () => client.status(),
      isOld: ({ generation }) => generation <= (before ?? -1),
      timeoutMs: longestStop(settings) + settings.waitTimeout,
    });
    return this.ended(arrival, arrival.code);
  }
}

const goesOn = 'the node goes on restarting: wemixvisor status shows it';

/** True when the restart of a generation has begun: it is stopping to start again, or a later one exists. */
function isUnderWay({ state, desired, generation }: StatusReport, before: number): boolean {
  return generation > before || (state === 'stopping' && desired === 'up');
}
