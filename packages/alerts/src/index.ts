export type { Alert } from './alert.ts';
export { alertEvents } from './alert-events.ts';
export type { AlertOptions } from './alert-options.ts';
export { createAlerts, type Alerts } from './create-alerts.ts';
export { sendTestAlert } from './send-test-alert.ts';
