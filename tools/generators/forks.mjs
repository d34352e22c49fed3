/** The table of hard forks of packages/forks, made of what the releases of geth and gwemix have in params/config.go. */

/**
 * @param {{ sources: readonly string[], networks: Record<string, {
 *   chainId: number, genesisHash: string, client: string, since: string, newest: string,
 *   forks: readonly { name: string, height?: number, time?: number, from: string, until?: string }[],
 * }> }} data
 */
export function renderReleaseForks({ sources, networks }) {
  const entries = Object.entries(networks).map(
    ([name, network]) => `  '${name}': ${JSON.stringify(network)},`,
  );
  return [
    '// Written by tools/generators/write.mjs from tools/generators/data; do not edit.',
    ...sources.map((source) => `// Source: ${source}.`),
    "import type { ReleasedNetwork } from './released-network.ts';",
    '',
    'export const releasedNetworks: Readonly<Record<string, ReleasedNetwork>> = {',
    ...entries,
    '};',
    '',
  ].join('\n');
}
