import { chmodSync, writeFileSync } from 'node:fs';
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

/** What the process of the tests cannot try; the others are in `first-mistakes.test.ts` of the app. */
describe('bad input', () => {
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
