// Run after the data changed: node tools/generators/write.mjs
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { api, outputs } from './outputs.mjs';

const all = await outputs();
rmSync(api, { recursive: true, force: true });
for (const { file, content } of all) {
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, content);
  console.log(`wrote ${fileURLToPath(file)}`);
}
