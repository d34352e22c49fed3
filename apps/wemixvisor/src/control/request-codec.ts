import { launchToJson } from '../state/launch.ts';
import type { OperationName } from './endpoints.ts';
import type { Operations, StartRequest } from './operations.ts';

/** A request as it travels. Answers need no codec: they are the reports, in the published form everywhere. */
export interface SentRequest {
  /** Fields of the query; none where empty. */
  readonly query?: Readonly<Record<string, string>>;
  /** What is sent as JSON; nothing where undefined. */
  readonly body?: object;
}

/** Writes a request of each operation; {@link requestDecoders} reads it. */
export type RequestEncoders = {
  readonly [N in OperationName]: (...request: Parameters<Operations[N]>) => SentRequest;
};

/** The name of a field in JSON: `stopTimeout` is `stop_timeout`. */
export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function inSnakeCase(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [snakeCase(name), value]),
  );
}

const nothing = (): SentRequest => ({});
const noFields = (): SentRequest => ({ body: {} });

function startRequest(request: StartRequest | undefined): SentRequest {
  if (request === undefined) return noFields();
  const { launch, settings, options, environment, config } = request;
  return {
    body: {
      launch: launchToJson(launch),
      settings: inSnakeCase(settings),
      options: inSnakeCase(options),
      environment,
      config,
    },
  };
}

/** The requests as they travel. */
export const requestEncoders: RequestEncoders = {
  status: nothing,
  health: ({ live }) => ({ query: { live: String(live) } }),
  samples: ({ window }) => ({ query: { window } }),
  start: startRequest,
  stop: (request) => ({ body: inSnakeCase({ ...request }) }),
  restart: (request, how = {}) => ({
    body: { ...startRequest(request).body, ...inSnakeCase(how) },
  }),
  alerts: nothing,
  testAlerts: noFields,
  reload: noFields,
  rotateLog: noFields,
  upgrade: nothing,
  startUpgrade: ({ launch, schedule, ...plan }) => ({
    body: {
      ...inSnakeCase(plan),
      launch: launchToJson(launch),
      schedule: inSnakeCase({ ...schedule }),
    },
  }),
  cancelUpgrade: noFields,
  rollbackUpgrade: (request) => ({ body: { ...request } }),
  detach: noFields,
};
