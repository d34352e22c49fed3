export type { Alert } from './alert.ts';
export { alertEvents } from './alert-events.ts';
export { createAlerts, type Alerts } from './create-alerts.ts';
export { readStoredAlerts } from './read-stored-alerts.ts';
export { sendTestAlert } from './send-test-alert.ts';
