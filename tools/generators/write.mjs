// Run after the data changed: node tools/generators/write.mjs
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { outputs } from './outputs.mjs';

for (const { file, content } of await outputs()) {
  writeFileSync(file, content);
  console.log(`wrote ${fileURLToPath(file)}`);
}
