import type { Alerts } from '@wemixvisor/alerts';
import type { Settings } from './settings.ts';

/** The settings that alerts follow, by the names of `@wemixvisor/alerts`. */
export function alertOptions(settings: Settings): Required<Parameters<Alerts['update']>[0]> {
  return {
    webhookUrl: settings.alertsWebhookUrl,
    webhookFormat: settings.alertsWebhookFormat,
    webhookSecretFile: settings.alertsWebhookSecretFile,
    heartbeatUrl: settings.alertsHeartbeatUrl,
    heartbeatIntervalMs: settings.alertsHeartbeatInterval,
    exec: settings.alertsExec,
    execTimeoutMs: settings.alertsExecTimeout,
    events: settings.alertsEvents,
    degradedAfterMs: settings.alertsDegradedAfter,
    prolongedSyncMs: settings.alertsProlongedSync,
    resolveAfterMs: settings.alertsResolveAfter,
    reminderMs: settings.alertsReminder,
    autoRestart: settings.autoRestart,
    maxRestarts: settings.maxRestarts,
    restart: settings.restart,
  };
}
