import { checkFields } from '@wemixvisor/unix-http';
import * as t from 'typanion';
import { sampleWindows, type SampleWindow } from '../report/samples-report.ts';
import {
  declared,
  settingNames,
  settings,
  type SettingName,
  type Settings,
} from '../settings/settings.ts';
import { launchFromJson, type Launch, type LaunchJson } from '../state/launch.ts';
import type { OperationName } from './endpoints.ts';
import type {
  Operations,
  RollbackRequest,
  StartRequest,
  StopRequest,
  UpgradeRequest,
} from './operations.ts';
import { snakeCase } from './request-codec.ts';

type Fields = Parameters<typeof checkFields>[1];
type Field = Fields[string];

/** Reads a value as it is, where it has a form. */
function withForm(hasForm: (value: unknown) => boolean): Field['read'] {
  return (value) => (hasForm(value) ? value : undefined);
}

/** True for what is written with braces in JSON. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A year: more than any node needs, and its end is still a moment that can be written down. */
const longestGraceMs = 365 * 24 * 3_600_000;

const belowQuorumField: Fields = {
  below_quorum: { read: withForm(t.isBoolean()), expected: 'true or false', optional: true },
};

const stopFields: Fields = {
  timeout_ms: {
    read: withForm(
      t.cascade(t.isNumber(), [t.isInteger(), t.isInInclusiveRange(0, longestGraceMs)]),
    ),
    expected: `a whole number of milliseconds from 0 to ${longestGraceMs}; 0 never kills`,
    optional: true,
  },
  force: { read: withForm(t.isBoolean()), expected: 'true or false', optional: true },
  ...belowQuorumField,
};

const samplesFields: Fields = {
  window: {
    read: withForm(t.isEnum(sampleWindows)),
    expected: '15m, 6h or 24h',
    optional: true,
  },
};

/** A text that can be handed to a program: NUL would end it (execve(2)). */
const passable = t.cascade(t.isString(), [t.matchesRegExp(/^[^\0\ud800-\udc7f\udd00-\udfff]*$/u)]);
const isAbsolute = t.cascade(t.isString(), [t.matchesRegExp(/^\/[^\0\ud800-\udfff]*$/u)]);
const absolute: Field = { read: withForm(isAbsolute), expected: 'an absolute path' };
const texts: Field = {
  read: withForm(
    (value) =>
      isObject(value) &&
      Object.entries(value).every(
        ([name, text]) => passable(text) && passable(name) && name !== '' && !name.includes('='),
      ),
  ),
  expected: 'an object of names and texts',
  secret: true,
};
const object: Field = { read: withForm(isObject), expected: 'an object', secret: true };

const startFields: Fields = {
  launch: object,
  settings: object,
  options: object,
  environment: texts,
  config: {
    read: withForm((value) => value === null || isAbsolute(value)),
    expected: 'an absolute path or null',
  },
};

const launchFields: Fields = {
  binary: absolute,
  args: { read: withForm(t.isArray(passable)), expected: 'a list of texts', secret: true },
  env: texts,
  cwd: absolute,
  node: object,
};

const nodeFields: Fields = {
  flavour: {
    read: withForm(t.isEnum(['geth', 'gwemix', 'go-wbft', 'gstable', 'unknown'])),
    expected: 'geth, gwemix, go-wbft, gstable or unknown',
  },
  version: { read: withForm(t.isNullable(t.isString())), expected: 'a text or null' },
  raw: { read: withForm(t.isString()), expected: 'a text' },
};

const settingFields: Fields = fieldsOfSettings((name) => ({
  read: (value) => declared.read(name, value),
}));

/** An option is kept as it was typed: a later start reads it again. */
const optionFields: Fields = fieldsOfSettings((name) => ({
  read: withForm((value) => declared.read(name, value) !== undefined),
  optional: true,
}));

function fieldsOfSettings(
  fieldOf: (name: SettingName) => Pick<Field, 'read' | 'optional'>,
): Fields {
  return Object.fromEntries(
    settingNames.map((name) => {
      const { type, secret } = settings[name];
      return [snakeCase(name), { ...fieldOf(name), expected: type.expected, secret }];
    }),
  );
}

function startRequest(body: unknown): StartRequest | undefined {
  if (isObject(body) && Object.keys(body).length === 0) return undefined;
  const { launch, environment, config, ...said } = checkFields(body, startFields);
  const { settings: effective, options } = said;
  return {
    launch: launchIn(launch),
    settings: bySettingName(checkFields(effective, settingFields, 'settings')) as Settings,
    options: bySettingName(checkFields(options, optionFields, 'options')),
    environment: environment as StartRequest['environment'],
    config: config as StartRequest['config'],
  };
}

const flag: Field = { read: withForm(t.isBoolean()), expected: 'true or false' };
const milliseconds: Field = {
  read: withForm(
    t.isNullable(t.cascade(t.isNumber(), [t.isInteger(), t.isInInclusiveRange(0, 8.64e15)])),
  ),
  expected: 'a whole number from 0, or null',
};
const textList: Field = { read: withForm(t.isArray(passable)), expected: 'a list of texts' };

const upgradeFields: Fields = {
  launch: object,
  schedule: object,
  watch_ms: {
    read: withForm(
      t.cascade(t.isNumber(), [t.isInteger(), t.isInInclusiveRange(0, longestGraceMs)]),
    ),
    expected: `a whole number of milliseconds from 0 to ${longestGraceMs}`,
  },
  rollback: flag,
  keeps_arguments: flag,
  backup: {
    read: withForm((value) => value === null || isAbsolute(value)),
    expected: 'an absolute path or null',
  },
  hook: {
    read: withForm(t.isNullable(t.isArray(passable))),
    expected: 'a list of texts or null',
  },
  forced: textList,
  sha256: {
    read: withForm(t.isNullable(t.cascade(t.isString(), [t.matchesRegExp(/^[0-9a-f]{64}$/)]))),
    expected: '64 hexadecimal digits or null',
  },
};

const scheduleFields: Fields = {
  not_before: milliseconds,
  latest: milliseconds,
  height: milliseconds,
  idle: flag,
};

const rollbackFields: Fields = { restore: flag, force: flag };

function upgradeRequest(body: unknown): UpgradeRequest {
  const { launch, schedule, ...said } = checkFields(body, upgradeFields);
  const when = checkFields(schedule, scheduleFields, 'schedule');
  return {
    launch: launchIn(launch),
    schedule: {
      notBefore: when['not_before'] as number | null,
      latest: when['latest'] as number | null,
      height: when['height'] as number | null,
      idle: when['idle'] as boolean,
    },
    watchMs: said['watch_ms'] as number,
    rollback: said['rollback'] as boolean,
    keepsArguments: said['keeps_arguments'] as boolean,
    backup: said['backup'] as string | null,
    hook: said['hook'] as readonly string[] | null,
    forced: said['forced'] as readonly string[],
    sha256: said['sha256'] as string | null,
  };
}

function launchIn(value: unknown): Launch {
  const { node } = checkFields(value, launchFields, 'launch');
  checkFields(node, nodeFields, 'launch.node');
  return launchFromJson(value as LaunchJson);
}

function bySettingName(said: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const names = settingNames.filter((name) => Object.hasOwn(said, snakeCase(name)));
  return Object.fromEntries(names.map((name) => [name, said[snakeCase(name)]]));
}

function stopRequest(body: unknown): StopRequest {
  const { timeout_ms, force, below_quorum } = checkFields(body, stopFields);
  return {
    ...(timeout_ms === undefined ? {} : { timeoutMs: timeout_ms as number }),
    ...(force === undefined ? {} : { force: force as boolean }),
    ...(below_quorum === undefined ? {} : { belowQuorum: below_quorum as boolean }),
  };
}

/** What is to be run, and how the present process is to be stopped. */
function restartRequest(body: unknown): Parameters<Operations['restart']> {
  const { below_quorum, ...start } = isObject(body) ? body : {};
  const { belowQuorum } = stopRequest(below_quorum === undefined ? {} : { below_quorum });
  const how = belowQuorum === undefined ? {} : { belowQuorum };
  return [startRequest(isObject(body) ? start : body), how];
}

function samplesRequest(query: URLSearchParams): { readonly window: SampleWindow } {
  const { window = sampleWindows[0] } = checkFields(Object.fromEntries(query), samplesFields);
  return { window: window as SampleWindow };
}

function noFields({ body }: ReceivedRequest): [] {
  checkFields(body, {});
  return [];
}

/** A request as the server received it. */
export interface ReceivedRequest {
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/**
 * Reads a request of each operation, as {@link requestEncoders} writes it; everything in it is checked here and nowhere
 * else. Throws UnixHttpError `BAD_REQUEST`. A start or restart without fields repeats the last one.
 */
export const requestDecoders: {
  readonly [N in OperationName]: (request: ReceivedRequest) => Parameters<Operations[N]>;
} = {
  status: () => [],
  health: ({ query }) => [{ live: query.get('live') === 'true' }],
  samples: ({ query }) => [samplesRequest(query)],
  start: ({ body }) => [startRequest(body)],
  stop: ({ body }) => [stopRequest(body)],
  restart: ({ body }) => restartRequest(body),
  alerts: () => [],
  testAlerts: noFields,
  reload: noFields,
  rotateLog: noFields,
  upgrade: () => [],
  startUpgrade: ({ body }) => [upgradeRequest(body)],
  cancelUpgrade: noFields,
  rollbackUpgrade: ({ body }) => [checkFields(body, rollbackFields) as unknown as RollbackRequest],
  detach: noFields,
};
