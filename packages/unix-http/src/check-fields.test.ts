import { describe, expect, it } from 'vitest';
import { checkFields } from './check-fields.ts';
import { UnixHttpError } from './errors.ts';

const force = {
  read: (value: unknown) => (typeof value === 'boolean' ? value : undefined),
  expected: 'true or false',
  optional: true,
};
const name = {
  read: (value: unknown) => (typeof value === 'string' ? value.trim() : undefined),
  expected: 'a name',
  secret: true,
};
const fields = { force, name };

function refusal(value: unknown, ...more: [fields?: typeof fields | object, place?: string]) {
  const [known = fields, place] = more;
  try {
    checkFields(value, known as typeof fields, place);
  } catch (error) {
    if (error instanceof UnixHttpError) return { code: error.code, why: error.message };
    throw error;
  }
  return 'taken';
}

describe('checkFields', () => {
  it('gives each field as it was read', () => {
    expect(checkFields({ name: ' a ', force: true }, fields)).toEqual({ name: 'a', force: true });
  });

  it('leaves an optional field out', () => {
    expect(checkFields({ name: 'a' }, fields)).toEqual({ name: 'a' });
  });

  it.each([
    [{ name: 'a', force: 'no' }, 'force: "no" is not true or false'],
    [{ name: 'a', force: null }, 'force: null is not true or false'],
    [{ force: true }, 'name is missing: give a name'],
    [{ name: 5 }, 'name: its value is not a name'],
    [{ nam: 'a' }, 'nam is not a field of this request: did you mean name?'],
    [{ please: 1 }, 'please is not a field of this request: it may have force, name'],
    [[], 'the request is not a JSON object'],
    [null, 'the request is not a JSON object'],
    ['text', 'the request is not a JSON object'],
  ])('refuses %j: %s', (value, why) => {
    expect(refusal(value)).toEqual({ code: 'BAD_REQUEST', why });
  });

  it('says so when there are no fields', () => {
    expect(refusal({ now: 1 }, {})).toMatchObject({
      why: 'now is not a field of this request: it has none',
    });
    expect(checkFields({}, {})).toEqual({});
  });

  it('names the place of a field', () => {
    expect(refusal({ name: 5 }, fields, 'launch')).toMatchObject({
      why: 'launch.name: its value is not a name',
    });
    expect(refusal({ nam: 5 }, fields, 'launch')).toMatchObject({
      why: 'launch.nam is not a field of this request: did you mean name?',
    });
    expect(refusal(7, fields, 'launch')).toMatchObject({ why: 'launch is not a JSON object' });
  });

  it('does not repeat megabytes to their sender', () => {
    const long = 'x'.repeat(1e6);
    expect(refusal({ name: 'a', force: long })).toMatchObject({
      why: `force: "${long.slice(0, 79)}… is not true or false`,
    });
    expect(refusal({ [long]: 1 })).toMatchObject({
      why: `${long.slice(0, 80)}… is not a field of this request: it may have force, name`,
    });
  });

  it('takes no field from the prototype of objects', () => {
    expect(refusal(JSON.parse('{"__proto__": {"force": true}}'))).toMatchObject({
      why: expect.stringContaining('__proto__ is not a field') as string,
    });
    expect(refusal({ toString: 1 })).toMatchObject({
      why: expect.stringContaining('toString is not a field') as string,
    });
  });
});
