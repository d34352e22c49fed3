import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { repairsDatabase } from './repair-watch.ts';

/** What a watch finds in a log that is there already; it is ended where it finds nothing. */
async function found(line: string, startedAt = 0): Promise<boolean> {
  await using folder = await temporaryDirectory();
  const logs = join(folder.path, 'logs');
  mkdirSync(logs);
  writeFileSync(join(logs, 'node.log'), `${line}\n`);
  const abort = new AbortController();
  const ended = setTimeout(() => abort.abort(), 300);
  try {
    return await repairsDatabase({ logs, startedAt, signal: abort.signal });
  } finally {
    clearTimeout(ended);
  }
}

const warn = (text: string) => `t=2026-03-04T09:15:03+0000 lvl=warn msg="${text}"`;

describe('a node that starts', () => {
  it.each([
    'Head state missing, repairing',
    'Rewinding blockchain to block',
    'Rewinding chain to block',
    'Upgrade blockchain database version',
  ])('repairs its database where it says: %s', async (text) => {
    expect(await found(warn(text))).toBe(true);
  });

  it('repairs nothing where it says something else, or an earlier one said it', async () => {
    expect(await found(warn('Loaded most recent local block'))).toBe(false);
    const later = Date.parse('2026-03-04T09:15:04Z');
    expect(await found(warn('Head state missing, repairing'), later)).toBe(false);
    const within = Date.parse('2026-03-04T09:15:03.900Z');
    expect(await found(warn('Head state missing, repairing'), within)).toBe(true);
  });
});
