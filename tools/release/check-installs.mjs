/*
 * Installs what would be published, as its users do, and uses it on the Node that runs this: the program by `npm install --global` into
 * an empty prefix, all packages in one project, by their types, by `import` and by `require`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackages } from './installs/packages.mjs';
import { checkProgram } from './installs/program.mjs';

// The socket of the home has to fit into 103 bytes on macOS.
const folder = mkdtempSync(join(tmpdir(), 'wv-i-'));
const checks = [checkProgram(join(folder, 'a')), checkPackages(join(folder, 'b'))];
// Both to their end: a node that one of them started has to be stopped.
const results = await Promise.allSettled(checks);
rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
for (const result of results) {
  if (result.status === 'rejected') {
    console.error(result.reason);
    process.exitCode = 1;
  }
}
