import { mkdirSync, writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { workplace } from './workplace.ts';

const lines = [
  'INFO [11-20|10:00:00.000] Starting peer-to-peer node               instance=Geth',
  'WARN [11-20|10:00:01.000] Peer misbehaves                          id=7',
  'INFO [11-20|10:00:02.000] Imported new chain segment               number=1',
  'ERROR[11-20|10:00:03.000] Database is locked                       err="LOCK"',
];

/** A home whose node has written these lines; nothing runs. */
async function written(text = `${lines.join('\n')}\n`) {
  const place = await workplace();
  mkdirSync(place.paths.logs, { recursive: true });
  writeFileSync(place.paths.nodeLog, text);
  return place;
}

describe('logs', () => {
  it.each([
    [[], lines],
    [['-n', '1'], lines.slice(3)],
    [['-n', '0'], []],
    [['--grep', 'peer'], [lines[0]]],
    [['--grep', 'peer', '-i'], lines.slice(0, 2)],
    [['--grep', 'peer', '-i', '-v'], lines.slice(2)],
    [
      ['--level', 'warn'],
      [lines[1], lines[3]],
    ],
    [['-n', '1', '--level', 'info', '--grep', 'e'], lines.slice(3)],
  ])('shows with %j what is asked for, as it was written', async (options, shown) => {
    const place = await written();
    const { code, stdout, stderr } = await place.run('logs', ...options);
    expect(stdout.split('\n').slice(0, -1)).toEqual(shown);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('shows what was written in a span of time', async () => {
    const place = await workplace();
    await place.supervised();
    expect((await place.run('logs', '--since', '1h ago')).stdout).toContain('Starting Geth');
    expect((await place.run('logs', '--until', '1h ago')).stdout).toBe('');
  });

  it('has one JSON object a line for programs', async () => {
    const place = await written();
    const { stdout } = await place.run('logs', '--json', '-n', '2');
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(records).toMatchObject([
      { level: 'info', message: 'Imported new chain segment' },
      { level: 'error', message: 'Database is locked', fields: { err: 'LOCK' } },
    ]);
  });

  it('adds no end to a line that has none yet', async () => {
    const place = await written('the first\nhalf of the sec');
    expect((await place.run('logs')).stdout).toBe('the first\nhalf of the sec');
  });

  it('passes on bytes that are no text', async () => {
    const place = await written();
    const bytes = Buffer.from([0x00, 0xff, 0x80, 0x0a]);
    writeFileSync(place.paths.nodeLog, bytes);
    const stdout = new PassThrough();
    expect((await place.runAs({ stdout }, 'logs')).code).toBe(0);
    expect(stdout.read()).toEqual(bytes);
  });
});
