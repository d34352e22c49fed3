/* `prepack` of what is published: ends the packing of a package that is not built, or built from other sources. */
import { existsSync, readFileSync } from 'node:fs';
import { sourceDigest, stampFile } from './source-digest.mjs';

const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
const why = !existsSync('dist')
  ? 'there is no dist'
  : !existsSync(stampFile) || readFileSync(stampFile, 'utf8').trim() !== sourceDigest(process.cwd())
    ? 'its dist was built from other sources'
    : undefined;
if (why !== undefined) {
  console.error(`${name} is not built: ${why}. Build it with "npx nx run ${name}:build".`);
  process.exitCode = 1;
}
