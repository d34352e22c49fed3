import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The SHA-256 of each file of a folder, as `sha256sum --check` reads them. @param {string} folder */
export function checksumsOf(folder) {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const sum = createHash('sha256').update(readFileSync(join(folder, name)));
      return `${sum.digest('hex')}  ${name}\n`;
    })
    .join('');
}
