import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { installation, outcomeOf, type Outcome } from '../harness/installation.ts';

/** One clear line on standard error, no stack, nothing on standard output. */
function oneLine({ stdout, stderr }: Outcome): string {
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^wemixvisor: [^\n]+\n$/);
  return stderr;
}

describe('bad input', () => {
  it('names a program that does not exist', async () => {
    await using wemixvisor = await installation();
    const outcome = await wemixvisor.run('start', '--binary', '/nowhere/geth');
    expect(oneLine(outcome)).toContain('/nowhere/geth does not exist');
    expect(outcome.code).toBe(64);
  });

  it('names a program that may not be executed', async () => {
    await using wemixvisor = await installation();
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'geth');
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, 0o644);
    const outcome = await wemixvisor.run('start', '--binary', file);
    expect(oneLine(outcome)).toContain('may not be executed: chmod +x');
    expect(outcome.code).toBe(64);
  });

  it('asks for a program where there is no geth on PATH', async () => {
    await using wemixvisor = await installation({ PATH: '/nowhere' });
    const outcome = await wemixvisor.run('start');
    expect(oneLine(outcome)).toContain('--binary FILE');
    expect(outcome.code).toBe(64);
  });

  it('says that the home cannot be used', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    await using wemixvisor = await installation({ WEMIXVISOR_HOME: join(file, 'home') });
    const outcome = await wemixvisor.run('start', '--binary', '/bin/sleep', '--', '60');
    expect(oneLine(outcome)).toContain(`cannot use ${join(file, 'home')} as the home`);
    expect(outcome.code).toBe(1);
  });

  it('works in a folder that was removed, and refuses to start a node there', async () => {
    await using wemixvisor = await installation();
    await using folder = await temporaryDirectory();
    const gone = join(folder.path, 'gone');
    const leave = 'mkdir "$0" && cd "$0" && rmdir "$0" && exec "$@"';
    const run = (...words: string[]) =>
      outcomeOf(wemixvisor.spawnBy(['sh', '-c', leave, gone], ...words));
    expect(oneLine(await run('status'))).toContain('no node was ever started');
    const start = oneLine(await run('start', '--binary', '/bin/sleep', '--', '60'));
    expect(start).toContain(`the working directory ${gone} does not exist`);
  });

  it('gives the corrected command line where the -- is missing', async () => {
    await using wemixvisor = await installation();
    const outcome = await wemixvisor.run('start', '--datadir', '/my data', '--http');
    expect(oneLine(outcome)).toContain("wemixvisor start -- --datadir '/my data' --http");
    expect(outcome.code).toBe(64);
  });

  it('names the nearest of its own options', async () => {
    await using wemixvisor = await installation();
    const outcome = await wemixvisor.run('start', '--max-restart', '3');
    expect(oneLine(outcome)).toContain('--max-restarts');
    expect(outcome.code).toBe(64);
  });

  it('names the nearest command', async () => {
    await using wemixvisor = await installation();
    const outcome = await wemixvisor.run('statsu');
    expect(oneLine(outcome)).toContain('did you mean status?');
    expect(outcome.code).toBe(64);
  });

  it('says what a value has to look like', async () => {
    await using wemixvisor = await installation();
    const outcome = await wemixvisor.run(
      'start',
      '--stop-timeout',
      'soon',
      '--binary',
      '/bin/sleep',
    );
    expect(oneLine(outcome)).toContain('--stop-timeout: "soon" is not a duration like');
    expect(outcome.code).toBe(64);
  });

  it('names file, line and nearest key of a setting that does not exist', async () => {
    await using wemixvisor = await installation();
    mkdirSync(wemixvisor.home, { mode: 0o700 });
    const file = join(wemixvisor.home, 'config.toml');
    writeFileSync(file, '[restart]\nmax = 3\n\n[health]\nmin_peer = 2\n', { mode: 0o600 });
    const outcome = await wemixvisor.run('start', '--binary', '/bin/sleep');
    expect(oneLine(outcome)).toContain(
      `${file}:5: health.min_peer is not a setting: did you mean health.min_peers?`,
    );
    expect(outcome.code).toBe(64);
  });

  it('tells that no node was ever started', async () => {
    await using wemixvisor = await installation();
    const outcome = await wemixvisor.run('status');
    expect(oneLine(outcome)).toContain('no node was ever started');
    expect(outcome.code).toBe(3);
    expect(await wemixvisor.run('stop')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('no node was ever started in') as string,
    });
    expect((await wemixvisor.run('logs')).code).toBe(3);
    expect((await wemixvisor.run('restart')).code).toBe(1);
  });

  it("quotes the node's last words when it ends at once", async () => {
    await using wemixvisor = await installation();
    const outcome = await wemixvisor.run(
      ...['start', '--binary', '/bin/sh', '--auto-restart=false', '--'],
      ...['-c', 'echo "Fatal: the database is gone" >&2; exit 1'],
    );
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('the node is down: exit code 1');
    expect(outcome.stderr).toContain('  Fatal: the database is gone');
  });
});
