import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * Bundles a TypeScript file of this package into one module that a plain Node can run, and gives its path:
 * tests need whole processes to kill, and must not depend on a build.
 */
export async function bundle(source: URL, folder: string): Promise<string> {
  const tsup = dirname(createRequire(import.meta.url).resolve('tsup'));
  const options = ['--no-config', '--format', 'esm', '--out-dir', folder, '--silent'];
  const entry = fileURLToPath(source);
  await promisify(execFile)(process.execPath, [join(tsup, 'cli-default.js'), entry, ...options], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  return join(folder, basename(entry).replace(/\.ts$/, '.js'));
}
