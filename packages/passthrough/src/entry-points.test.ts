import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Every module that loading `file` loads at once; an `import()` is not followed. */
function loadedBy(file: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(file.href)) return seen;
  seen.add(file.href);
  const source = readFileSync(file, 'utf8');
  for (const [, path = ''] of source.matchAll(
    /^(?:import|export)(?! type)[^;]*? from '(\.[^']+)';/gm,
  )) {
    loadedBy(new URL(path, file), seen);
  }
  return seen;
}

const names = (entry: string) =>
  [...loadedBy(new URL(entry, import.meta.url))].map((href) => href.split('/src/')[1]);

it('the root entry loads no registry', () => {
  expect(names('index.ts')).toContain('command/quote.ts');
  expect(names('index.ts').filter((name) => name?.startsWith('registry/'))).toEqual([]);
});

it('the geth entry loads it', () => {
  expect(names('geth.ts')).toContain('registry/flags.generated.ts');
});
