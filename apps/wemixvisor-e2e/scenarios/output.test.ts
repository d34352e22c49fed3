import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installation, outcomeOf } from '../harness/installation.ts';

const node = ['--binary', '/bin/sh', '--', '-c', 'seq 1000; exec sleep 600'] as const;

const lost = /^wemixvisor: the output is not complete: ENOSPC[^\n]+\n$/;

describe.skipIf(!existsSync('/dev/full'))('output to a full disk', () => {
  it('is an error of every command that prints, in one line, and what the command did stands', async () => {
    await using wemixvisor = await installation();
    const toFull = ['sh', '-c', 'exec "$@" > /dev/full', 'sh'] as const;
    await wemixvisor.run('start', '--no-wait', ...node);
    for (const words of [
      ['status'],
      ['status', '--json'],
      ['status', '--watch'],
      ['alerts'],
      ['logs'],
      ['logs', '--json'],
      ['logs', '--grep', '1'],
      ['logs', '--follow'],
      ['logs', '--rotate'],
      ['reload'],
      ['config', 'show'],
      ['config', 'check'],
      ['config', 'init'],
      ['completion', 'bash'],
      ['version'],
      ['help'],
      ['stop', '--force'],
    ]) {
      const { code, stderr } = await outcomeOf(wemixvisor.spawnBy(toFull, ...words));
      expect({ words, code, stderr }).toEqual({
        words,
        code: 1,
        stderr: expect.stringMatching(lost) as string,
      });
    }
    expect(await wemixvisor.run('status')).toMatchObject({ code: 3 });
  });
});

describe('output', () => {
  it('that a file takes only a part of is an error', async () => {
    await using wemixvisor = await installation();
    await wemixvisor.run('start', '--no-wait', ...node);
    const file = join(wemixvisor.home, 'copy');
    // One unit of ulimit -f is 512 or 1,024 bytes; the log has 3,893.
    const limit = ['sh', '-c', `ulimit -f 1; exec "$@" > ${file}`, 'sh'] as const;
    const { code, stderr } = await outcomeOf(wemixvisor.spawnBy(limit, 'logs', '-n', 'all'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^wemixvisor: the output is not complete: EFBIG[^\n]+\n$/);
    expect(readFileSync(file, 'utf8')).toMatch(/^1\n2\n3\n/);
  });

  it('that nobody reads to its end is a success', async () => {
    await using wemixvisor = await installation();
    await wemixvisor.run('start', '--no-wait', ...node);
    for (const words of [['logs', '-n', 'all'], ['help']]) {
      const head = '{ "$@"; echo "code $?" >&2; } | head -c 1';
      const outcome = await outcomeOf(wemixvisor.spawnBy(['sh', '-c', head, 'sh'], ...words));
      expect(outcome).toMatchObject({ stderr: 'code 0\n' });
    }
  });
});
