/* `node tools/release/changelog-entry.mjs v0.5.0`: prints what CHANGELOG.md says of a version. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryOf } from './changelog.mjs';
import { root } from './published.mjs';

const [tag = ''] = process.argv.slice(2);
console.log(entryOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), tag.replace(/^v/, '')));
