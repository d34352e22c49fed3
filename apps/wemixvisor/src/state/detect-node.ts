import { statSync } from 'node:fs';
import type { NodeVersion } from '@wemixvisor/passthrough';
import { askNodeVersion } from '@wemixvisor/passthrough/geth/node';
import { captureOutput } from '@wemixvisor/process';
import writeFileAtomic from 'write-file-atomic';
import { readJsonFile } from './read-json-file.ts';

interface CachedVersion {
  readonly size: number;
  readonly mtimeMs: number;
  readonly node: NodeVersion;
}

/**
 * The version of a node's program from `run/versions.json`, as long as the program's file stays the same; else what it
 * says of itself, which is written there. `start`, `restart` and `doctor` write the file.
 */
export async function detectNode(binary: string, file: string): Promise<NodeVersion> {
  const { size, mtimeMs } = statSync(binary);
  const known = readCache(file);
  const found = known[binary];
  if (found?.size === size && found.mtimeMs === mtimeMs) return found.node;
  const node = await askNodeVersion(binary, captureOutput);
  writeCache(file, { ...known, [binary]: { size, mtimeMs, node } });
  return node;
}

function readCache(file: string): Readonly<Record<string, CachedVersion>> {
  try {
    return readJsonFile(file) as Record<string, CachedVersion>;
  } catch {
    return {};
  }
}

function writeCache(file: string, known: Readonly<Record<string, CachedVersion>>): void {
  try {
    writeFileAtomic.sync(file, JSON.stringify(known), { mode: 0o600, fsync: false });
  } catch {
    // There is no home yet: the next start writes it.
  }
}
