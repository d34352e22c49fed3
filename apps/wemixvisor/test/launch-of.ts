import type { Launch } from '../src/state/launch.ts';

/** How a plain geth is launched, with overrides. */
export function launchOf(overrides: Partial<Launch> = {}): Launch {
  return {
    file: '/usr/bin/geth',
    args: ['--datadir', '/data'],
    env: { HOME: '/home/op' },
    cwd: '/home/op',
    node: { flavour: 'geth', version: '1.16.9', raw: '1.16.9-stable' },
    ...overrides,
  };
}
