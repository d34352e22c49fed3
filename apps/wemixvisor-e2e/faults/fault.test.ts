import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultNames, isFileFault, isPause, needsPause } from './fault.ts';

const page = readFileSync(new URL('../../../docs/proof.md', import.meta.url), 'utf8');

describe('a fault', () => {
  it.each(faultNames)('%s is in docs/proof.md', (name) => {
    expect(page).toContain(`\`${name}\``);
  });

  it('is a pause, or is done to a file, or is a kill', () => {
    const kinds = faultNames.map((name) => [isPause(name), isFileFault(name), /^kill-/.test(name)]);
    expect(kinds.every((kind) => kind.filter(Boolean).length === 1)).toBe(true);
    expect(faultNames.filter(needsPause)).toEqual(['kill-guard', 'pause-guard']);
  });
});
