import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { cannedSupervisor } from '../../test/canned-supervisor.ts';
import { settingsOf } from '../../test/fake-supervisor.ts';
import { statusOf } from '../../test/status-of.ts';
import { homePaths } from '../state/home-paths.ts';
import { askSupervisor } from './ensure-supervisor.ts';
import type { SpawnedSupervisor } from './spawn-supervisor.ts';

type Began = Awaited<ReturnType<SpawnedSupervisor['begin']>>;

const nobody = ['/no/such/node'] as const;

/** A supervisor that was spawned before and says once how it began. */
function prespawned(home: string, report?: Began): SpawnedSupervisor {
  const begin = vi.fn<SpawnedSupervisor['begin']>().mockRejectedValue(new Error('it was begun'));
  if (report !== undefined) begin.mockResolvedValueOnce(report);
  return { home, begin, dismiss: () => {} };
}

/** Asks for the status; `self` is the program of a supervisor that would have to be spawned. */
async function statusFrom(
  home: string,
  first: SpawnedSupervisor | undefined,
  self: readonly [string, ...string[]] = nobody,
  notices: string[] = [],
) {
  const status = await askSupervisor((client) => client.status(), {
    paths: homePaths(home, { temporaryDirectory: '/tmp', uid: 1 }),
    settings: settingsOf(),
    self,
    env: {},
    prespawned: first,
    onNotice: (notice) => notices.push(notice),
  });
  return { status, notices };
}

async function emptyHome(): Promise<string> {
  const folder = await temporaryDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  return folder.path;
}

describe('askSupervisor', () => {
  it('asks the supervisor that is there, and starts none', async () => {
    const status = statusOf({ state: 'running', pid: 7 });
    const { home } = await cannedSupervisor({ 'GET /v1/status': { body: status } });
    expect(await statusFrom(home, prespawned(home))).toEqual({ status, notices: [] });
  });

  it('does not start one because the one that is there refuses', async () => {
    const { home } = await cannedSupervisor({
      'GET /v1/status': { status: 409, body: { error: 'it is ending' } },
    });
    await expect(statusFrom(home, prespawned(home))).rejects.toThrow('it is ending');
  });

  it('gives up where the supervisor it started cannot begin', async () => {
    const home = await emptyHome();
    const failed = prespawned(home, { ready: false, held: false, error: 'no room on the disk' });
    await expect(statusFrom(home, failed)).rejects.toThrow('no room on the disk');
  });

  it('takes a supervisor that was spawned for this home, and none of another', async () => {
    const home = await emptyHome();
    const report = { ready: false, held: false, error: 'it was taken' } as const;
    await expect(statusFrom(home, prespawned(home, report))).rejects.toThrow('it was taken');
    await expect(statusFrom(home, prespawned('/other', report))).rejects.toThrow(
      'the supervisor cannot be started: spawn /no/such/node ENOENT',
    );
  });

  it('asks the one that holds the home until it answers, and starts no further one meanwhile', async () => {
    const status = statusOf({ state: 'running', pid: 7 });
    const { home } = await cannedSupervisor({ 'GET /v1/status': { body: status } });
    const { socket } = homePaths(home, { temporaryDirectory: '/tmp', uid: 1 });
    renameSync(socket, `${socket}.late`);
    const begin: SpawnedSupervisor['begin'] = () => {
      setTimeout(() => renameSync(`${socket}.late`, socket), 100);
      return Promise.resolve({ ready: false, held: true, error: 'supervisor 9 has it' });
    };
    const asked = await statusFrom(home, { home, begin, dismiss: () => {} });
    expect(asked.status).toEqual(status);
  });

  it('passes on what a new supervisor has to say, and spawns one anew where the first does not answer', async () => {
    const home = await emptyHome();
    const program = join(home, 'supervisor.mjs');
    const report = JSON.stringify({ ready: false, held: false, error: 'the second one was asked' });
    writeFileSync(
      program,
      `import { readFileSync, writeFileSync } from 'node:fs';
       readFileSync(0);
       writeFileSync(3, ${JSON.stringify(report)});`,
    );
    const notices: string[] = [];
    const first = prespawned(home, { ready: true, notices: ['the state was damaged'] });
    const asked = statusFrom(home, first, [process.execPath, program], notices);
    await expect(asked).rejects.toThrow('the second one was asked');
    expect(notices).toEqual(['the state was damaged']);
  });
});
