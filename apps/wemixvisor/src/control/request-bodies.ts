import * as t from 'typanion';
import type { TypedOptions } from '../settings/resolve-settings.ts';
import { settingNames, settings, type SettingName, type Settings } from '../settings/settings.ts';
import { isValueOf, readValue } from '../settings/read-value.ts';
import { checkFields, isObject, type Field, type Fields } from './check-fields.ts';
import type { Launch, StartRequest, StopRequest } from './operations.ts';
import { snakeCase } from './wire.ts';

/** A year: more than any node needs, and its end is still a moment that can be written down. */
const longestGraceMs = 365 * 24 * 3_600_000;

const stopFields: Fields = {
  timeout_ms: {
    schema: t.cascade(t.isNumber(), [t.isInteger(), t.isInInclusiveRange(0, longestGraceMs)]),
    expected: `a whole number of milliseconds from 0 to ${longestGraceMs}; 0 never kills`,
    optional: true,
  },
  force: { schema: t.isBoolean(), expected: 'true or false', optional: true },
};

/** A text that can be handed to a program: NUL would end it (execve(2)). */
const passable = t.cascade(t.isString(), [t.matchesRegExp(/^[^\0]*$/)]);
const absolute: Field = {
  schema: t.cascade(t.isString(), [t.matchesRegExp(/^\/[^\0]*$/)]),
  expected: 'an absolute path',
};
const texts: Field = {
  schema: (value) =>
    isObject(value) &&
    Object.entries(value).every(
      ([name, text]) => passable(text) && passable(name) && name !== '' && !name.includes('='),
    ),
  expected: 'an object of names and texts',
  secret: true,
};
const object: Field = { schema: isObject, expected: 'an object', secret: true };

const startFields: Fields = {
  launch: object,
  settings: object,
  options: object,
  environment: texts,
  config: {
    schema: (value) => value === null || absolute.schema(value),
    expected: 'an absolute path or null',
  },
};

const launchFields: Fields = {
  binary: absolute,
  args: { schema: t.isArray(passable), expected: 'a list of texts', secret: true },
  env: texts,
  cwd: absolute,
  node: object,
};

const nodeFields: Fields = {
  flavour: {
    schema: t.isEnum(['geth', 'gwemix', 'go-wbft', 'unknown']),
    expected: 'geth, gwemix, go-wbft or unknown',
  },
  version: { schema: t.isNullable(t.isString()), expected: 'a text or null' },
  raw: { schema: t.isString(), expected: 'a text' },
};

const settingFields: Fields = fieldsOfSettings(false);
const optionFields: Fields = fieldsOfSettings(true);

function fieldsOfSettings(optional: boolean): Fields {
  return Object.fromEntries(
    settingNames.map((name) => {
      const { type, secret } = settings[name];
      const { expected } = type;
      const schema = (value: unknown) => isValueOf(name, value);
      return [snakeCase(name), { schema, expected, secret, optional }];
    }),
  );
}

/**
 * The request in the body of a start or a restart; undefined for an empty one, which repeats the last start.
 *
 * @throws BadRequest
 */
export function readStartBody(body: unknown): StartRequest | undefined {
  if (isObject(body) && Object.keys(body).length === 0) return undefined;
  const { launch, settings, options, environment, config } = checkFields(body, startFields);
  const { node } = checkFields(launch, launchFields, 'launch');
  checkFields(node, nodeFields, 'launch.node');
  return {
    launch: launch as Launch,
    settings: bySettingName(
      checkFields(settings, settingFields, 'settings'),
      readValue,
    ) as Settings,
    options: bySettingName(checkFields(options, optionFields, 'options'), (_, typed) => typed),
    environment: environment as StartRequest['environment'],
    config: config as StartRequest['config'],
  };
}

function bySettingName(
  said: Readonly<Record<string, unknown>>,
  read: (name: SettingName, value: unknown) => unknown,
): TypedOptions {
  const names = settingNames.filter((name) => said[snakeCase(name)] !== undefined);
  return Object.fromEntries(names.map((name) => [name, read(name, said[snakeCase(name)])]));
}

/** The request in the body of a stop. @throws BadRequest */
export function readStopBody(body: unknown): StopRequest {
  const { timeout_ms, force } = checkFields(body, stopFields);
  return {
    ...(timeout_ms === undefined ? {} : { timeoutMs: timeout_ms as number }),
    ...(force === undefined ? {} : { force: force as boolean }),
  };
}

/** Nothing is said to the other routes. @throws BadRequest */
export function readEmptyBody(body: unknown): void {
  checkFields(body, {});
}
