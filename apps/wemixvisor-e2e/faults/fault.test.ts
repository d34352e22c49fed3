import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canBeAt, faultNames, isFileFault, isPause, type Place } from './fault.ts';

const page = readFileSync(new URL('../../../docs/proof.md', import.meta.url), 'utf8');

describe('a fault', () => {
  it.each(faultNames)('%s is in docs/proof.md', (name) => {
    expect(page).toContain(`\`${name}\``);
  });

  it('is a pause, or is done to a file, or is a kill, or is one of six others', () => {
    const kinds = faultNames.map((name) => [isPause(name), isFileFault(name), /^kill-/.test(name)]);
    expect(kinds.every((kind) => kind.filter(Boolean).length <= 1)).toBe(true);
    expect(faultNames.filter((_, index) => kinds[index]?.includes(true) !== true)).toEqual([
      ...['steal-lock', 'contend-namespace', 'jump-clock', 'fill-disk', 'fill-inodes', 'read-only'],
    ]);
  });

  it('falls only where it can: the guard watches over pauses, and a small disk can be filled', () => {
    const only = (place: Place) => faultNames.filter((name) => !canBeAt(name, place));
    expect(only('memory')).toEqual(['fill-disk', 'fill-inodes', 'read-only']);
    expect(only('small')).toEqual(['kill-guard', 'pause-guard']);
    expect(only('disk')).toEqual([...only('small'), ...only('memory')]);
  });
});
