import { readFileSync } from 'node:fs';
import { renderCompatibility } from './compatibility.mjs';
import { renderFlags, renderSubcommands } from './registry.mjs';

/** @param {string} name */
const data = (name) =>
  JSON.parse(readFileSync(new URL(`data/${name}.json`, import.meta.url), 'utf8'));

const registry = new URL('../../packages/passthrough/src/registry/', import.meta.url);

/** Every generated file of the repository: where it goes and what belongs in it. */
export function outputs() {
  const flags = data('flags');
  const subcommands = data('subcommands');
  return [
    { file: new URL('flags.generated.ts', registry), content: renderFlags(flags) },
    {
      file: new URL('subcommands.generated.ts', registry),
      content: renderSubcommands(subcommands),
    },
    {
      file: new URL('../../docs/compatibility.md', import.meta.url),
      content: renderCompatibility(flags),
    },
  ];
}
