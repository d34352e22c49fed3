import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getAsset, isSea } from 'node:sea';

const fileBeside = (name: string): string => join(import.meta.dirname, name);

/** What starts this program again: the single executable, or Node and the built main file. */
export const self: readonly [program: string, ...args: string[]] = isSea()
  ? [process.execPath]
  : [process.execPath, fileBeside('main.cjs')];

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
