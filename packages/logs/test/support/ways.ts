import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOf } from '../../src/layout.ts';
import type { LogStorePorts } from '../../src/ports.ts';
import { findCollapseUnit } from '../../src/store/rotate/collapse-head.ts';

/** The unit in which files are cut in the temporary folder; null where its file system cannot do that, which skips the tests of it. */
export const unit = findUnit();

/** The ways of a rotation that can be tried here, as ports of a store. */
export const ways: readonly (readonly [name: string, ports: Partial<LogStorePorts>])[] = [
  ...(unit === null ? [] : [['cut under the writers', {}] as const]),
  ['truncated in a pause', { collapseUnit: () => null }],
];

function findUnit(): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'wemixvisor-collapse-'));
  try {
    const files = filesOf(folder, 'node');
    writeFileSync(files.live, '');
    return findCollapseUnit(files);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
