import type { alertEvents as known } from '@wemixvisor/alerts';

type AlertEvent = (typeof known)[number];

// A list of its own, complete by its type: with the list of the package all of the package would be loaded with the settings.
const events: Readonly<Record<AlertEvent, true>> = {
  crash: true,
  'restart-limit': true,
  error: true,
  exit: true,
  'forced-stop': true,
  unhealthy: true,
  degraded: true,
  peers: true,
  sync: true,
  disk: true,
  governance: true,
  'health-restart': true,
  log: true,
  fork: true,
  upgrade: true,
};

/** All events that an operator can be alerted to, in the order of the documentation. */
export const alertEvents = Object.keys(events) as readonly AlertEvent[];
