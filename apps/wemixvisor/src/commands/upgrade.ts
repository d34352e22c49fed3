import { Command, Option } from 'clipanion';
import { usageError } from '../app-error.ts';
import { openControlClient } from '../control/open-control-client.ts';
import { SupervisorUnreachable } from '../control/client.ts';
import { exitCodes } from '../exit-codes.ts';
import { readLaunchFile } from '../state/launch-file.ts';
import { upgradeExitCode, UpgradeOrderCommand } from './upgrade/follow-upgrade.ts';
import { planUpgrade } from './upgrade/plan-upgrade.ts';

/** `wemixvisor upgrade FILE`: replaces the node's program by one that proves itself, or the old one returns. */
export class UpgradeCommand extends UpgradeOrderCommand {
  static override readonly paths = [['upgrade']];
  static override readonly usage = Command.Usage({
    description: 'replace the program of the node, and prove it or go back',
    details: `
      FILE is copied whole into the home (binaries/VERSION-HASH) and checked while the node runs: is it for this machine, what
      does it make of the arguments and of the data, has it the forks of the network, is there a way back. What speaks against
      it refuses it.
      Then the node is stopped cleanly and started with the new program, which is watched: it has to be ready, on the same
      chain, with peers and a head that goes on, without new errors. Where it does not within --watch, the old program
      returns by itself, once.
      Without a time the switch is made now. Without \`--\` the node keeps its arguments.
      Exit code: 0 it is planned or the new program has proved itself, 1 it was refused, went back or could not be made, 3
      no supervisor runs, 64 the command line is wrong, 130 Ctrl-C ended the waiting and it goes on.
    `,
    examples: [
      ['Now, watched for ten minutes', '$0 upgrade ./geth-1.17.5'],
      ['In a quiet moment before a fork', '$0 upgrade ./geth --before 2026-12-03T12:00Z'],
      ['At a height', '$0 upgrade ./gwemix --at-height 33000000'],
      ['With a copy of the data to go back to', '$0 upgrade ./geth --backup /backup'],
    ],
  });

  readonly file = Option.String({ name: 'FILE' });
  readonly sha256 = Option.String('--sha256', { description: 'The SHA-256 that FILE has to have' });
  readonly now = Option.Boolean('--now', false, { description: 'Switch now (the default)' });
  readonly at = Option.String('--at', { description: 'Switch at a time' });
  readonly before = Option.String('--before', {
    description: 'Switch when idle, and watched to the end before a time',
  });
  readonly atHeight = Option.String('--at-height', { description: 'Switch at a block height' });
  readonly idle = Option.Boolean('--idle', false, {
    description: 'Switch only while the node follows its chain',
  });
  readonly watch = Option.String('--watch', '10m', {
    description: 'How long the new program is watched (default 10m)',
  });
  readonly noRollback = Option.Boolean('--no-rollback', false, {
    description: 'Never go back by itself',
  });
  readonly backup = Option.String('--backup', {
    description: 'Copy the data directory into this folder before the switch',
  });
  readonly hook = Option.String('--hook', {
    description: 'Run this program while the node is down',
  });
  readonly force = Option.Boolean('--force', false, {
    description: 'Upgrade whatever the checks say; what they say is recorded',
  });
  readonly noWait = Option.Boolean('--no-wait', false, {
    description: 'Return when it has begun',
  });

  override async execute(): Promise<number> {
    const { context, homePaths: paths } = this;
    const known = readLaunchFile(paths.launch);
    const status = await this.askSupervisor((client) => client.status());
    if (known === undefined || status === undefined) return this.fail(noNode, exitCodes.notRunning);
    const request = await planUpgrade(this, {
      ...{ context, paths, known },
      ownPid: status.pid,
      note: (line) => this.warn(line),
    });
    const client = openControlClient(paths);
    const planned = await client.startUpgrade(request).catch((error: unknown) => {
      throw error instanceof SupervisorUnreachable ? usageError(noNode) : error;
    });
    return upgradeExitCode(await this.follow(planned, !this.noWait));
  }
}

const noNode =
  'no supervisor is running, so there is nothing to upgrade: wemixvisor start --binary FILE starts another program';
