import { readFileSync } from 'node:fs';
import { getAsset, isSea } from 'node:sea';
import { fileURLToPath } from 'node:url';

const fileBeside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** What starts this program again: the single executable, or Node and the built main file. */
export const self: readonly [program: string, ...args: string[]] = isSea()
  ? [process.execPath]
  : [process.execPath, fileBeside('main.js')];

/** What makes of a program a command of `init.sh`, which takes the first place in a container. */
export function init(): readonly string[] {
  return isSea()
    ? ['/bin/sh', '-c', getAsset('init.sh', 'utf8'), 'wemixvisor-init']
    : ['/bin/sh', fileBeside('../init.sh')];
}

/** The licences of all that this program contains from others. */
export function thirdPartyLicences(): string {
  const name = 'THIRD-PARTY-LICENCES.txt';
  return isSea() ? getAsset(name, 'utf8') : readFileSync(fileBeside(name), 'utf8');
}
