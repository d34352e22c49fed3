import { Command, Option } from 'clipanion';
import type { HealthReport } from '../report/health-report.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderHealthReport } from '../render/health.ts';
import { AppCommand } from './app-command.ts';

/** `wemixvisor health`: the node's health, for people and for scripts. */
export class HealthCommand extends AppCommand {
  static override readonly paths = [['health']];
  static override readonly usage = Command.Usage({
    description: 'check node health',
    details: `
      Shows the last check; \`--live\` checks now. A syncing node is healthy.
      Exit code: 0 healthy, 1 unhealthy, 2 degraded, 3 not running, 4 unknown.
    `,
    examples: [
      ['For a script', '$0 health > /dev/null && echo healthy'],
      ['As JSON, checked now', '$0 health --live --json'],
    ],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });
  readonly live = Option.Boolean('--live', false, { description: 'Check the node now' });

  override async execute(): Promise<number> {
    const health = await this.askSupervisor((client) => client.health({ live: this.live }));
    if (health === undefined || health === null) {
      const why = this.neverStarted ?? 'the node is not running, or no supervisor watches it';
      return this.fail(why, exitCodes.notRunning);
    }
    if (this.json) this.sayJson({ schema: 1, ...health });
    else this.context.stdout.write(renderHealthReport(health));
    return healthExitCodes[health.status];
  }
}

const healthExitCodes: Readonly<Record<HealthReport['status'], number>> = {
  healthy: exitCodes.ok,
  unhealthy: exitCodes.failed,
  degraded: exitCodes.degraded,
  unknown: exitCodes.unknown,
};
