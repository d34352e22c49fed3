import { resolve } from 'node:path';
import { Command, Option } from 'clipanion';
import { usageError } from '../app-error.ts';
import {
  alertTestReport,
  leftAlertsReport,
  type AlertTestReport,
} from '../report/alerts-report.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderAlerts, renderAlertTest, renderLeftAlerts } from '../render/alerts.ts';
import { AppCommand } from './app-command.ts';

/** `wemixvisor alerts [test]`: active alerts, recent deliveries, and a test of the channels. */
export class AlertsCommand extends AppCommand {
  static override readonly paths = [['alerts']];
  static override readonly usage = Command.Usage({
    description: 'show active and recent alerts; test the channels',
    details: `
      Shows the active alerts and the recent deliveries, as the supervisor has them; where none runs, what was wrong at its
      last look.
      \`alerts test\` sends a test alert through each channel, by the supervisor if one runs, else from the
      configuration, and shows the results.

      Channels are configured in the table \`[alerts]\` of config.toml or by WEMIXVISOR_ALERTS_* variables: a command line
      can be read by every user of the machine.
      Exit code: 0, or 3 when no supervisor runs; of \`alerts test\` 0 when all were delivered, else 1.
    `,
    examples: [
      ['Active and recent alerts', '$0 alerts'],
      ['Does an alert arrive?', '$0 alerts test'],
    ],
  });

  readonly action = Option.String({ required: false, name: 'test' });
  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });
  readonly config = Option.String('--config', {
    description: 'Configuration for a test without a supervisor',
  });

  override async execute(): Promise<number> {
    if (this.action === undefined) return this.show();
    if (this.action === 'test') return this.test();
    throw usageError(
      `there is no command "alerts ${this.action}": use wemixvisor alerts, or wemixvisor alerts test`,
    );
  }

  private async show(): Promise<number> {
    const report = await this.askSupervisor((client) => client.alerts());
    if (report === undefined) return this.showLeft();
    if (this.json) this.sayJson(report);
    else this.context.stdout.write(renderAlerts(report, Date.now()));
    return exitCodes.ok;
  }

  /** What the last supervisor left. */
  private async showLeft(): Promise<number> {
    if (this.neverStarted !== undefined) {
      return this.fail(this.neverStarted, exitCodes.notRunning);
    }
    const { readStoredAlerts } = await import('@wemixvisor/alerts');
    const left = leftAlertsReport(readStoredAlerts(this.homePaths.run));
    if (this.json) this.sayJson(left);
    else this.context.stdout.write(renderLeftAlerts(left, Date.now()));
    return exitCodes.notRunning;
  }

  private async test(): Promise<number> {
    const report =
      (await this.askSupervisor((client) => client.testAlerts())) ?? (await this.testDirectly());
    if (this.json) this.sayJson(report);
    else this.context.stdout.write(renderAlertTest(report));
    const { results } = report;
    if (results.length === 0) this.warn(howToConfigure);
    const allDelivered = results.length > 0 && results.every(({ delivered }) => delivered);
    return allDelivered ? exitCodes.ok : exitCodes.failed;
  }

  private async testDirectly(): Promise<AlertTestReport> {
    const { readSettings } = await import('../settings/read-settings.ts');
    const { sendTestAlert } = await import('@wemixvisor/alerts');
    const { redactText } = await import('@wemixvisor/passthrough');
    const { alertOptions } = await import('../settings/alert-options.ts');
    const { cwd, env, uid } = this.context;
    const named = this.config ?? (env['WEMIXVISOR_CONFIG'] || undefined);
    const config = named === undefined ? null : resolve(cwd, named);
    const sources = { options: {}, environment: env, config };
    const { settings } = readSettings(sources, { standard: this.homePaths.config, uid });
    const { home } = this.homePaths;
    const node = { home, network: null, binary: null, state: 'unknown', pid: null };
    const options = alertOptions(settings);
    return alertTestReport(
      await sendTestAlert({ ...options, node: () => node, redact: redactText, env, cwd }),
    );
  }
}

const howToConfigure =
  'wemixvisor: no channel is configured: set alerts.webhook_url or alerts.exec in config.toml (docs/alerts.md)';
