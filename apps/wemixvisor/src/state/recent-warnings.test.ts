import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { recentWarnings } from './recent-warnings.ts';

async function warningsOf(lines: readonly string[], count = 3) {
  await using folder = await temporaryDirectory();
  writeFileSync(join(folder.path, 'node.log'), lines.map((line) => `${line}\n`).join(''));
  return await recentWarnings({ logs: folder.path }, count);
}

describe('the last warnings of a node', () => {
  it('are the last lines of weight, oldest first', async () => {
    const [info, warn, error, empty] = ['INFO', 'WARN', 'ERROR', 'WARN'].map(
      (level, at) => `${level.padEnd(5)}[11-28|12:00:0${at}.000] ${at === 3 ? '' : `what ${at}`}`,
    );
    const log = [warn, warn, info, error, warn, empty, info].map(String);
    expect(await warningsOf(log)).toEqual([warn, error, warn]);
    expect(await warningsOf([String(info)])).toEqual([]);
    expect(await recentWarnings({ logs: '/nowhere' }, 3)).toEqual([]);
  });

  it('show no secret, and of a long line its beginning', async () => {
    const line = `WARN [11-28|12:00:00.000] bad url=http://me:pass@host/ ${'x'.repeat(400)}`;
    const [shown = ''] = await warningsOf([line]);
    expect(shown).not.toContain('pass');
    expect(shown.length).toBeLessThan(320);
    expect(shown.endsWith('…')).toBe(true);
  });
});
