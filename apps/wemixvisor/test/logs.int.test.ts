import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { waitFor } from '@wemixvisor/testkit';
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
  // geth writes no year: it is that of the file's last change.
  const changed = new Date('2026-11-25T00:00:00Z');
  utimesSync(place.paths.nodeLog, changed, changed);
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

  const event = (time: string, level: string, msg: string) =>
    `${JSON.stringify({ level, time, event: 'state', msg })}\n`;

  it('shows what the supervisor did, alone or among what the node said', async () => {
    const place = await written();
    const events = [
      event('2026-11-20T09:59:59.000Z', 'info', 'stopped → starting'),
      event('2026-11-20T10:00:01.500Z', 'warn', 'unwell'),
    ];
    writeFileSync(place.paths.journal, events.join(''));
    const alone = await place.run('logs', '--source', 'supervisor');
    expect(alone.stdout).toMatch(
      /^\S+Z INFO {2}wemixvisor: stopped → starting\n\S+Z WARN .*unwell\n$/,
    );
    expect((await place.run('logs', '--source', 'supervisor', '--raw')).stdout).toBe(
      events.join(''),
    );
    const both = await place.runAs(
      { env: { ...place.env, TZ: 'UTC' } },
      'logs',
      '--source',
      'all',
      '--json',
      '-n',
      '3',
    );
    const sources = both.stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { source: string }).source);
    expect(sources).toEqual(['supervisor', 'node', 'node']);
  });

  it('colours by level and lets no line command a terminal', async () => {
    const place = await written(`${lines[1] ?? ''}\n${lines[2] ?? ''}\u001b[2J\n`);
    const terminal = { interactive: true, colorDepth: 8 };
    expect((await place.runAs(terminal, 'logs')).stdout).toBe(
      `\u001b[33m${lines[1] ?? ''}\u001b[0m\n${lines[2] ?? ''}\\x1b[2J\n`,
    );
    expect((await place.runAs({ ...terminal, colorDepth: 1 }, 'logs', '-n', '2')).stdout).toContain(
      `${lines[1] ?? ''}\n`,
    );
    expect((await place.runAs(terminal, 'logs', '--raw')).stdout).toContain('\u001b[2J\n');
  });

  it('shows one run of the node', async () => {
    const place = await workplace();
    await place.supervised();
    const said = async (run: string) => (await place.run('logs', '-n', 'all', '--run', run)).stdout;
    const first = await said('0');
    expect(first).toContain('Starting Geth');
    expect((await place.run('restart')).code).toBe(0);
    const [earlier, present] = [await said('-1'), await said('0')];
    expect(earlier.slice(0, first.length)).toBe(first);
    expect(earlier).toContain('Blockchain stopped');
    expect(present).not.toContain('Blockchain stopped');
    const whole = (await place.run('logs', '-n', 'all')).stdout;
    expect(whole.startsWith(earlier + present)).toBe(true);
    expect(await place.run('logs', '--run', '-2')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('-1 is the oldest known'),
    });
  });

  it('parts two runs where they meet, in the middle of a line too', async () => {
    const place = await workplace();
    await place.supervised('--restart-delay', '10ms');
    appendFileSync(place.paths.nodeLog, 'its last words');
    const said = async (run: string, ...more: readonly string[]) =>
      (await place.run('logs', '-n', 'all', '--run', run, ...more)).stdout;
    expect(await said('0')).toMatch(/its last words$/);
    process.kill((await place.status()).pid ?? 0, 'SIGKILL');
    // Before its process is there, a run is not in the list.
    await waitFor(async () => {
      const { generation, pid } = await place.status();
      return generation === 2 && pid !== null;
    });
    await waitFor(async () => (await said('0')).includes('Starting Geth'));
    expect(await said('-1')).toMatch(/its last words$/);
    expect(await said('0')).not.toContain('last words');
    const among = await said('-1', '--source', 'all', '--json');
    expect(among).toContain('"its last words"');
    expect(among).toContain('"source":"supervisor"');
  });

  it('rotates when asked to, and needs a supervisor for it', async () => {
    const place = await workplace();
    await place.supervised();
    const before = (await place.run('logs', '-n', 'all')).stdout;
    const rotated = await place.run('logs', '--rotate');
    expect(rotated).toMatchObject({ code: 0, stderr: '' });
    expect(rotated.stdout).toMatch(
      /^rotated [\d.]+ [KMG]?i?B to \S+node-\S+; the node was (?:not paused|paused for [\d.]+ ms)\n$/,
    );
    expect((await place.run('logs', '-n', 'all')).stdout.startsWith(before)).toBe(true);
    await place.run('stop');
    expect(await place.run('logs', '--rotate')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no supervisor is running'),
    });
  });

  it.each([
    [['--source', 'nodes'], '--source: "nodes" is not one of node, supervisor, all'],
    [['--run', '1'], '--run: "1" must be 0, -1, -2…'],
    [['-n', 'many'], '-n: "many" is not a number of lines, or all'],
    [['--level', 'loud'], '--level: "loud" is not one of trace, debug'],
    [['--since', 'someday'], 'someday'],
    [['--grep', '('], '('],
  ])('says what is wrong with %j', async (options, words) => {
    const place = await written();
    const { code, stdout, stderr } = await place.run('logs', ...options);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/^wemixvisor: [^\n]*\n$/);
  });
});
