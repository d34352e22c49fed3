import { createReadStream, createWriteStream, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { fileSource, type Source } from './source.ts';

/**
 * Opens a segment that another program compressed, such as gzip run by hand. It is unpacked to an unlinked file in the temporary folder,
 * since plain gzip cannot be read from the middle. A damaged one gives what can be unpacked.
 */
export async function openForeignGzip(path: string): Promise<Source> {
  const folder = mkdtempSync(join(tmpdir(), 'wemixvisor-log-'));
  try {
    const plain = join(folder, 'plain');
    const target = createWriteStream(plain, { mode: 0o600, flags: 'wx' });
    await pipeline(createReadStream(path), createGunzip(), target).catch(() => undefined);
    return fileSource(openSync(plain, 'r'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
