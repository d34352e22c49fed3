import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
addFormats.default(ajv);

/** Schemas refer to one another by their file names. */
function compiled(name: string): ReturnType<typeof ajv.compile> {
  const known = ajv.getSchema(`${name}.schema.json`);
  if (known !== undefined) return known;
  const file = new URL(`../../../docs/${name}.schema.json`, import.meta.url);
  const text = readFileSync(file, 'utf8');
  for (const [, other = ''] of text.matchAll(/"\$ref": "([a-z-]+)\.schema\.json/g)) compiled(other);
  const schema = JSON.parse(text) as object;
  return ajv.compile({ ...schema, $id: `${name}.schema.json` });
}

/** What in a value does not agree with a published schema, such as `status` for docs/status.schema.json. */
export function schemaErrorsOf(name: string, value: unknown) {
  const validate = compiled(name);
  return validate(value) === true ? [] : (validate.errors ?? []);
}
