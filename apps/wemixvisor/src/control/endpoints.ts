import type { Operations } from './operations.ts';

/** Where an operation is asked for over HTTP. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
}

/** The name of an operation. */
export type OperationName = keyof Operations;

/** The endpoint of each operation; client and server go by this one table. */
export const endpoints = {
  status: { method: 'GET', path: '/v1/status' },
  health: { method: 'GET', path: '/v1/health' },
  samples: { method: 'GET', path: '/v1/samples' },
  start: { method: 'POST', path: '/v1/start' },
  stop: { method: 'POST', path: '/v1/stop' },
  restart: { method: 'POST', path: '/v1/restart' },
  alerts: { method: 'GET', path: '/v1/alerts' },
  testAlerts: { method: 'POST', path: '/v1/alerts/test' },
  reload: { method: 'POST', path: '/v1/reload' },
  rotateLog: { method: 'POST', path: '/v1/logs/rotate' },
  upgrade: { method: 'GET', path: '/v1/upgrade' },
  startUpgrade: { method: 'POST', path: '/v1/upgrade' },
  cancelUpgrade: { method: 'POST', path: '/v1/upgrade/cancel' },
  rollbackUpgrade: { method: 'POST', path: '/v1/upgrade/rollback' },
  detach: { method: 'POST', path: '/v1/detach' },
} as const satisfies Readonly<Record<OperationName, Endpoint>>;

/** The operations in the order of the table. */
export const operationNames = Object.keys(endpoints) as readonly OperationName[];

/** Where the events of a supervisor are streamed: a line of JSON for each, from the request on. */
export const eventsPath = '/v1/events';
