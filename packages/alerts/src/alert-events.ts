/** The events that can raise an alert. */
export const alertEvents = [
  'crash',
  'restart-limit',
  'error',
  'exit',
  'forced-stop',
  'unhealthy',
  'degraded',
  'peers',
  'sync',
  'disk',
  'governance',
  'health-restart',
  'log',
  'fork',
  'upgrade',
] as const;

/** The name of an event. */
export type AlertEvent = (typeof alertEvents)[number];
