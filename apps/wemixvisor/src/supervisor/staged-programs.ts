import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { stageProgram } from '@wemixvisor/upgrade';
import type { Launch } from '../state/launch.ts';
import type { UpgradePlan } from '../settings/upgrade-plan.ts';

/** Whether a program has the content of a SHA-256; one that has none only has to be there. */
export async function isIntact(program: string, sha256: string | null): Promise<boolean> {
  if (sha256 === null || !existsSync(program)) return existsSync(program);
  const hash = createHash('sha256');
  for await (const piece of createReadStream(program)) hash.update(piece as Buffer);
  return hash.digest('hex') === sha256;
}

/**
 * Puts the old program where it stays, so that there is a way back whatever happens to its file. The one that runs is taken, also where another one
 * is in its place by now. A script stays where it is: it may need what lies beside it.
 *
 * @throws UpgradeError where it cannot be copied.
 */
export function stagedOld(
  folder: string,
  { file, node }: Launch,
  pid: number | null,
): UpgradePlan['from'] {
  const version = node.raw === '' ? null : node.raw;
  if (isScript(file)) return { version, program: file, sha256: null };
  const running = `/proc/${pid ?? 0}/exe`;
  const { program, sha256 } = stageProgram({
    file: existsSync(running) ? running : file,
    name: basename(file),
    folder,
    version: node.version,
    inUse: [file],
  });
  return { version, program, sha256 };
}

function isScript(file: string): boolean {
  try {
    return readFileSync(file).toString('latin1', 0, 2) === '#!';
  } catch {
    return false;
  }
}
