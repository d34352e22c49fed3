import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A new folder of its own for one test, with a short path (a Unix socket's path is limited to 103 bytes on macOS).
 * Disposing removes it with all it holds. It is made in `parent`, by default where the system has such folders.
 *
 * @example await using home = await temporaryDirectory();
 */
export async function temporaryDirectory(
  prefix = 'wv-',
  parent = tmpdir(),
): Promise<{
  readonly path: string;
  [Symbol.asyncDispose](): Promise<void>;
}> {
  const path = await realpath(await mkdtemp(join(parent, prefix)));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
