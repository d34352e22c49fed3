import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
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
      `\u001b[33m${lines[1] ?? ''}\u001b[0m\n${(lines[2] ?? '').replace('number', '\u001b[36mnumber\u001b[0m')}\\x1b[2J\n`,
    );
    expect((await place.runAs({ ...terminal, colorDepth: 1 }, 'logs', '-n', '2')).stdout).toContain(
      `${lines[1] ?? ''}\n`,
    );
    expect((await place.runAs(terminal, 'logs', '--raw')).stdout).toContain('\u001b[2J\n');
  });

  it('shows where an expression is wrong', async () => {
    const place = await written();
    expect(await place.run('logs', '--where', 'number> and a<1')).toMatchObject({
      code: 64,
      stderr:
        'wemixvisor: --where: a value is missing after number>\n  number> and a<1\n          ^\n',
    });
  });

  it('says why no line fits, and leaves nobody waiting for a key that there is not', async () => {
    const place = await written();
    const told = 'wemixvisor: no line has the key nmber: did you mean number?\n';
    expect(await place.run('logs', '--where', 'nmber>0')).toEqual({
      code: 0,
      stdout: '',
      stderr: told,
    });
    expect(await place.run('logs', '--where', 'number>5')).toMatchObject({
      stderr: 'wemixvisor: values of number are such as 1\n',
    });
    const following = place.begin('logs', '-f', '--where', 'nmber>0');
    await waitFor(() => following.stderr === told);
    following.signal('SIGINT');
    await following.done;
  });

  it.each([
    [
      ['--where', 'id=7 or err~lock', '-i'],
      [1, 3],
    ],
    [['--message', '^Peer'], [1]],
    [['--message', 'number'], []],
    [
      ['--where', 'number<2', '-B', '1'],
      [1, 2],
    ],
    [
      ['--around', '2026-11-20T10:00:01Z', '-A', '2', '-B', '1'],
      [0, 1, 2],
    ],
  ])('answers %j', async (options, expected) => {
    const place = await written();
    const { stdout } = await place.runAs({ env: { ...place.env, TZ: 'UTC' } }, 'logs', ...options);
    expect(stdout.split('\n').slice(0, -1)).toEqual(expected.map((at) => lines[at]));
  });

  it('sums up, folds and exports', async () => {
    const place = await written();
    const said = async (...options: string[]) => (await place.run('logs', ...options)).stdout;
    expect(await said('--errors')).toContain('\n    Database is locked err=LOCK\n');
    expect(await said('--stats', '--by', 'id')).toMatch(/1 {2}25\.0% .* 7\n/);
    expect(JSON.parse(await said('--stats', '--json'))).toMatchObject({ lines: 4 });
    expect(await said('--map')).toMatch(/^4 lines, a column is 1s/);
    expect(await said('--fold')).toBe(`${lines.join('\n')}\n`);
    expect(await said('--errors', '--new', '--since', '2026-11-21')).toBe('no new errors\n');
    const csv = await place.run('logs', 'export', '--format', 'csv', '--level', 'error');
    expect(csv.stdout).toMatch(
      /^time,level,source,message,fields\r\n\S+Z,error,node,Database is locked,"{""err"":""LOCK""}"\r\n$/,
    );
    expect(csv.stderr).toBe('');
    expect((await said('export')).split('\n')).toHaveLength(5);
  });

  it('is shown in the pager that PAGER names, quit early or not, and without a terminal in none', async () => {
    const place = await written();
    const shown = join(place.path, 'shown');
    const pager = join(place.path, 'bin', 'my-pager');
    writeFileSync(pager, `#!/bin/sh\nexec head -n "$1" > ${shown}\n`, { mode: 0o755 });
    const paged = (command: string, interactive = true, ...options: string[]) =>
      place.beginAs(
        { interactive, env: { ...place.env, PAGER: command } },
        ...['logs', '--pager', ...options],
      );
    expect(await paged('my-pager 99').done).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(shown, 'utf8')).toBe(`${lines.join('\n')}\n`);
    writeFileSync(place.paths.nodeLog, `${lines[0] ?? ''}\n`.repeat(20_000));
    expect(await paged('my-pager 2', true, '-n', 'all').done).toMatchObject({ code: 0 });
    expect(readFileSync(shown, 'utf8')).toBe(`${lines[0] ?? ''}\n`.repeat(2));
    expect((await paged('my-pager 2', false, '-n', '1').done).stdout).toBe(`${lines[0] ?? ''}\n`);
    expect(await paged('no-such-pager 2>/dev/null').done).toMatchObject({
      code: 1,
      stderr:
        'wemixvisor: cannot run the pager "no-such-pager 2>/dev/null": name another one in PAGER\n',
    });
    expect((await paged('cat', true, '--grep', '(').done).code).toBe(64);
    // Ctrl-C is for the pager, which goes on until it is quit.
    const quit = join(place.path, 'quit');
    const kept = paged(`cat > ${shown}; while [ ! -e ${quit} ]; do sleep 0.05; done`);
    await waitFor(() => (kept.signal('SIGINT'), true));
    writeFileSync(quit, '');
    expect((await kept.done).code).toBe(0);
    expect(() => kept.signal('SIGINT')).toThrow('nobody listens');
  });

  it('exports to a file that is whole or not there', async () => {
    const place = await written();
    const file = join(place.path, 'log.ndjson');
    const run = (...options: string[]) => place.run('logs', 'export', '-o', file, ...options);
    expect(await run()).toMatchObject({ code: 0, stdout: `wrote ${file}: 848 B\n`, stderr: '' });
    const whole = readFileSync(file, 'utf8');
    expect(whole).toBe((await place.run('logs', 'export')).stdout);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const refusal = `wemixvisor: cannot write ${file}: it exists; --force overwrites it\n`;
    expect(await run()).toEqual({ code: 1, stdout: '', stderr: refusal });
    writeFileSync(`${file}.part`, 'of one that was killed');
    expect((await run('--force', '--format', 'csv')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(/^time,/);
    rmSync(file);
    writeFileSync(`${file}.part`, 'of another one');
    expect((await run()).stderr).toContain(`${file}.part: another export writes it or was killed`);
    rmSync(`${file}.part`);
    expect((await run('--since', 'someday')).code).toBe(64);
    expect((await place.run('logs', 'export', '-o', '/dev/null', '--force')).stderr).toBe(
      'wemixvisor: cannot write /dev/null: it is not a regular file\n',
    );

    // More than is read in one turn of the event loop.
    writeFileSync(place.paths.nodeLog, `${lines[0] ?? ''}\n`.repeat(400_000));
    const begun = place.begin('logs', 'export', '-o', file, '--format', 'csv');
    await waitFor(() => existsSync(`${file}.part`), { everyMs: 2 });
    begun.signal('SIGINT');
    expect(await begun.done).toEqual({
      code: 130,
      stdout: '',
      stderr: 'wemixvisor: interrupted: nothing is exported\n',
    });
    expect(readdirSync(place.path).filter((name) => name.startsWith('log'))).toEqual([]);
  });

  it('mutes what the configuration names, says so, and shows it when asked to', async () => {
    const place = await written();
    writeFileSync(place.paths.config, '[log]\nmute = ["^INFO"]\n', { mode: 0o600 });
    expect(await place.run('logs', '-n', '2')).toEqual({
      code: 0,
      stdout: `${lines[1] ?? ''}\n${lines[3] ?? ''}\n`,
      stderr: 'wemixvisor: 1 line muted by log.mute; --no-mute shows them\n',
    });
    expect((await place.run('logs', '--no-mute')).stdout).toBe(`${lines.join('\n')}\n`);
    expect((await place.run('logs', 'export')).stdout.split('\n')).toHaveLength(5);
    writeFileSync(place.paths.config, '[log]\nmute = "("\n', { mode: 0o600 });
    const wrong = await place.run('logs');
    expect(wrong.stdout).toBe(`${lines.join('\n')}\n`);
    expect(wrong.stderr).toMatch(/^wemixvisor: no line is muted: .*log\.mute/);
  });

  it('shows what was before and after an end of the node', async () => {
    const place = await workplace();
    await place.supervised('--restart-delay', '10ms');
    process.kill((await place.status()).pid ?? 0, 'SIGKILL');
    await waitFor(async () => (await place.status()).generation === 2);
    await place.reaches('running');
    const { stdout } = await place.run('logs', '--incident', 'last', '-C', '200', '--json');
    const shown = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(new Set(shown.map(({ source }) => source))).toEqual(new Set(['node', 'supervisor']));
    expect(shown.filter(({ line = '' }) => line.includes('Starting Geth'))).toHaveLength(2);
    expect(stdout).toContain('SIGKILL');
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
    [['--stats', '--map'], '--stats and --map cannot go together: each is an answer of its own'],
    [['--errors', '-f'], '--errors and -f cannot go together'],
    [['--raw', '--fold'], '--raw and --fold cannot go together'],
    [['--incident', 'last', '-n', '3'], '--incident and -n cannot go together'],
    [['export', '--stats'], 'export and --stats cannot go together'],
    [['export', '--format', 'xml'], '--format: "xml" is not one of ndjson, csv, logfmt'],
    [['exprt'], 'there is no command "logs exprt"'],
    [['--by', 'level'], '--by is for --stats'],
    [['-o', 'x'], '--output is for export: wemixvisor logs export --output'],
    [['--errors', '--new'], '--new is for --since'],
    [['-C', 'x'], '-C: "x" is not a number of lines'],
    [['--incident', 'last'], 'no crash report'],
  ])('says what is wrong with %j', async (options, words) => {
    const place = await written();
    const { code, stdout, stderr } = await place.run('logs', ...options);
    expect(code).toBe(64);
    expect(stderr).toContain(words);
    const [, error] = /^wemixvisor: ([^\n]*)\n$/.exec(stderr) ?? [];
    const report = `${JSON.stringify({ schema: 1, error, exit_code: 64 })}\n`;
    expect(stdout).toBe(options.includes('--json') ? report : '');
  });
});
