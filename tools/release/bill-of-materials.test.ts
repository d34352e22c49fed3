import { describe, expect, it } from 'vitest';
import { billOfMaterialsOf, bundledIn } from './bill-of-materials.mjs';

const line = '-'.repeat(78);
const licences = `This program contains the following packages.

${line}
@keyv/serialize 1.1.1 (MIT)

The MIT License (MIT)

${line}
modern 2.0.0 ((MIT OR Apache-2.0))

A text with a line like one of a head:
other 1.0.0 (MIT)
`;
const program = { name: 'wemixvisor', version: '0.5.0', licence: 'Apache-2.0' };
const parts = bundledIn(licences);

it('bundledIn reads the heads of the licences and nothing else', () => {
  expect(parts).toEqual([
    { name: '@keyv/serialize', version: '1.1.1', licence: 'MIT' },
    { name: 'modern', version: '2.0.0', licence: '(MIT OR Apache-2.0)' },
  ]);
});

describe('billOfMaterialsOf', () => {
  it('names the program and each package in it, with its licence', async () => {
    const bom = JSON.parse(await billOfMaterialsOf(program, parts)) as unknown;
    expect(bom).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: { component: { type: 'application', purl: 'pkg:npm/wemixvisor@0.5.0' } },
      components: [
        { purl: 'pkg:npm/%40keyv/serialize@1.1.1', licenses: [{ license: { id: 'MIT' } }] },
        { purl: 'pkg:npm/modern@2.0.0', licenses: [{ expression: '(MIT OR Apache-2.0)' }] },
      ],
    });
  });

  it('is the same text each time, and another one for other parts', async () => {
    const text = await billOfMaterialsOf(program, parts);
    expect(await billOfMaterialsOf(program, [...parts.toReversed(), ...parts])).toBe(text);
    const serialNumber =
      /"urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}"/;
    const [own = ''] = serialNumber.exec(text) ?? [];
    expect(own).not.toBe('');
    expect(await billOfMaterialsOf(program, parts.slice(1))).not.toContain(own);
  });
});
