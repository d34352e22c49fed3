import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { temporaryDirectory } from '@wemixvisor/testkit';
import type { Settings } from '../settings/settings.ts';
import { spawnSupervisor } from './spawn-supervisor.ts';

const settings = { logLevel: 'debug' } as Settings;

/** Spawns a script in the place of this program; it has `settings`, the text that came on standard input. */
function spawned(home: string, script: string) {
  const file = join(home, 'supervisor.mjs');
  const given = "const settings = readFileSync(0, 'utf8');";
  writeFileSync(file, `import { readFileSync, writeFileSync } from 'node:fs';${given}${script}`);
  return spawnSupervisor({ self: [process.execPath, file], home, env: {} });
}

describe('a supervisor that is spawned', () => {
  it('gets its home as an option, its settings by a pipe, and tells how it began', async () => {
    await using home = await temporaryDirectory();
    const report = '{ ready: true, notices: [settings, ...process.argv.slice(2)] }';
    const supervisor = spawned(home.path, `writeFileSync(3, JSON.stringify(${report}));`);
    expect(await supervisor.begin(settings)).toEqual({
      ready: true,
      notices: ['{"logLevel":"debug"}', 'supervise', '--home', supervisor.home],
    });
    supervisor.dismiss();
  });

  it('ends without settings when it is dismissed', async () => {
    await using home = await temporaryDirectory();
    const supervisor = spawned(
      home.path,
      "if (settings === '') writeFileSync(process.argv[4] + '/gone', '');",
    );
    supervisor.dismiss();
    await vi.waitFor(() => expect(existsSync(join(supervisor.home, 'gone'))).toBe(true), 10_000);
  });

  it('that dies without a word is an error with the place of its log', async () => {
    await using home = await temporaryDirectory();
    const supervisor = spawned(home.path, 'process.exit(1);');
    await expect(supervisor.begin(settings)).rejects.toThrow(
      `the supervisor ended without a word; its log is in ${supervisor.home}/logs`,
    );
  });

  it('that cannot be started is an error with the reason', async () => {
    const supervisor = spawnSupervisor({ self: ['/no/such/node'], home: '/nowhere', env: {} });
    await expect(supervisor.begin(settings)).rejects.toThrow(
      'the supervisor cannot be started: spawn /no/such/node ENOENT',
    );
  });
});
