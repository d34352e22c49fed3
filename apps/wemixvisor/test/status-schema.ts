import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
addFormats.default(ajv);

/** A check against a published schema: what in a value does not agree with it. */
function checkOf(name: string) {
  const file = new URL(`../../../docs/${name}.schema.json`, import.meta.url);
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  return (value: unknown) => {
    validate(value);
    return validate.errors ?? [];
  };
}

/** What in a status does not agree with the published schema. */
export const schemaErrorsOf = checkOf('status');

/** The same for an event. */
export const eventErrorsOf = checkOf('events');
