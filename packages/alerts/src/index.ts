export type { Alert } from './alert.ts';
export { alertEvents, type AlertEvent } from './alert-events.ts';
export type { AlertFacts } from './alert-facts.ts';
export type { AlertOptions } from './alert-options.ts';
export type { AlertsReport } from './alerts-report.ts';
export { createAlerts, type Alerts } from './create-alerts.ts';
export { sendTestAlert } from './send-test-alert.ts';
