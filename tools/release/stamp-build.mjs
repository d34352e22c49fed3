/* The end of each build, in the folder of its project: says from which sources `dist` is. */
import { writeFileSync } from 'node:fs';
import { sourceDigest, stampFile } from './source-digest.mjs';

writeFileSync(stampFile, `${sourceDigest(process.cwd())}\n`);
