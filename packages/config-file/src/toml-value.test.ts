import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { toTomlValue } from './toml-value.ts';

describe('toTomlValue', () => {
  it('writes lists and tables on one line', () => {
    expect(toTomlValue(['A=1', 5, { name: 'x', on: true }])).toBe(
      '["A=1", 5, { name = "x", on = true }]',
    );
  });

  it('is read back as it was, whatever a text holds', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.boolean(), fc.integer());
    fc.assert(
      fc.property(fc.oneof(value, fc.array(value)), (written) => {
        expect(parse(`v = ${toTomlValue(written)}`)['v']).toEqual(written);
      }),
    );
  });
});
