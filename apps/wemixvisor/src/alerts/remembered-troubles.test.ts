import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { troubleMemory } from './remembered-troubles.ts';
import type { TrackedTrouble } from './track-troubles.ts';

const trouble: TrackedTrouble = {
  ...{ key: 'peers', event: 'peers', severity: 'warning', summary: 'few peers' },
  ...{ since: 1, toldAt: 2, goneAt: null },
};

describe('the memory of troubles', () => {
  it('gives back what it was given, from a file of its owner', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'alerts.json');
    troubleMemory(file).keep([trouble]);
    expect(troubleMemory(file).recall()).toEqual([trouble]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('"schema":1');
  });

  it('is empty where there is no file', () => {
    expect(troubleMemory('/nonexistent/alerts.json').recall()).toEqual([]);
  });

  it('throws where it cannot write', () => {
    expect(() => troubleMemory('/nonexistent/alerts.json').keep([trouble])).toThrow('ENOENT');
  });

  it('takes nothing from a damaged file that is no trouble', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'alerts.json');
    const recalled = (text: string) => {
      writeFileSync(file, text);
      return troubleMemory(file).recall();
    };
    for (const text of ['', '\0\0', 'null', '[]', '{"troubles":7}', '{"troubles":[null,3,{}]}']) {
      expect(recalled(text)).toEqual([]);
    }
    const wrong = fc.constantFrom(...(Object.keys(trouble) as (keyof TrackedTrouble)[]));
    fc.assert(
      fc.property(wrong, fc.oneof(fc.double(), fc.anything()), (name, value) => {
        for (const { toldAt, since, key } of recalled(
          JSON.stringify({ troubles: [{ ...trouble, [name]: value }] }),
        )) {
          expect(typeof key).toBe('string');
          expect(new Date(since).toISOString()).toMatch(/Z$/);
          expect(toldAt === null || toldAt >= 0).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});
