import { resolve } from 'node:path';
import { Command, Option } from 'clipanion';
import { usageError } from '../app-error.ts';
import { alertTestReport, type AlertTestReport } from '../report/alerts-report.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderAlerts, renderAlertTest } from '../render/alerts.ts';
import { AppCommand } from './app-command.ts';

/** `wemixvisor alerts [test]`: active alerts, recent deliveries, and a test of the channels. */
export class AlertsCommand extends AppCommand {
  static override readonly paths = [['alerts']];
  static override readonly usage = Command.Usage({
    description: 'show active and recent alerts; "alerts test" tests the channels',
    details: `
      Shows the active alerts and the recent deliveries, as the supervisor has them.
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
    description:
      'The configuration file for a test without a supervisor; else config.toml in the home',
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
    if (report === undefined) {
      const why = 'no supervisor is running, so there are no alerts; see wemixvisor status';
      return this.fail(this.neverStarted ?? why, exitCodes.notRunning);
    }
    if (this.json) this.sayJson(report);
    else this.context.stdout.write(renderAlerts(report, Date.now()));
    return exitCodes.ok;
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
