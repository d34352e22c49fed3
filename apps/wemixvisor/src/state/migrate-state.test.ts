import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { acquireLock, type isNodeAlive } from '@wemixvisor/process';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { readLastStart } from './launch-file.ts';
import { migrateState } from './migrate-state.ts';
import { recallState } from './recall-state.ts';

const homes = fileURLToPath(new URL('../../test/homes', import.meta.url));

type Recorded = '0.4.0-running' | '0.4.0-forced';

/** A copy of the run folder that 0.4.0 wrote; the text of its files may be changed. */
async function recalled<T>(
  home: Recorded,
  work: (places: Parameters<typeof recallState>[0]) => T,
  change: (text: string) => string = (text) => text,
): Promise<T> {
  await using folder = await temporaryDirectory();
  cpSync(join(homes, home), folder.path, { recursive: true });
  const at = (name: string) => join(folder.path, name);
  const places = {
    state: at('state.json'),
    stateBackup: at('state.backup.json'),
    launch: at('launch.json'),
  };
  for (const file of [places.state, places.stateBackup]) {
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }
  return work(places);
}

type Identity = Parameters<typeof isNodeAlive>[0]['identity'];

/** The identity of this process, as its lock states it. */
async function ownIdentity(): Promise<Identity> {
  await using folder = await temporaryDirectory();
  await acquireLock(folder.path, process.pid);
  return JSON.parse(readFileSync(join(folder.path, 'lock.1'), 'utf8')) as Identity;
}

describe('a home that 0.4.0 left', () => {
  it('tells of its running node, with the command it runs', async () => {
    await recalled('0.4.0-running', (places) => {
      const { state, problem } = recallState(places);
      expect(problem).toBeNull();
      expect(state?.lifecycle).toMatchObject({
        state: 'running',
        run: { identity: { pid: 6494 } },
        command: { file: '/usr/bin/geth', cwd: '/home/op', node: { flavour: 'geth' } },
      });
      expect(state?.lifecycle.command?.args).toContain('--nodekeyhex');
      expect(readLastStart(places.launch)?.options).toEqual({
        binary: '/usr/bin/geth',
        minPeers: '2',
      });
    });
  });

  it('tells why its node was killed, and what it said last', async () => {
    await recalled('0.4.0-forced', (places) => {
      expect(recallState(places).state?.lifecycle.lastExit).toEqual({
        code: null,
        signal: 'SIGKILL',
        cause: 'forced',
        at: 1795754263971,
        uptimeMs: 1535,
        lastLine: expect.stringContaining('IPC endpoint opened'),
      });
    });
  });

  it('finds its running node by the copy where state.json is damaged', async () => {
    const self = await ownIdentity();
    const alive = (text: string) =>
      text
        .replace('"pid": 6494', `"pid": ${self.pid}`)
        .replace('"startTime": "109438"', `"startTime": "${self.startTime}"`)
        .replace(/"bootId": "[^"]+"/, `"bootId": "${self.bootId}"`);
    await recalled(
      '0.4.0-running',
      (places) => {
        writeFileSync(places.state, '{"schema": 1');
        const { state, problem } = recallState(places);
        expect(problem).toContain('cannot be read');
        expect(state?.lifecycle).toMatchObject({ run: { identity: { pid: process.pid } } });
      },
      alive,
    );
  });

  it.each([
    [{ asked: true, forced: false }, null, 'asked'],
    [{ asked: false, forced: false }, null, 'unasked'],
    [{ asked: true, forced: true }, 'grace-period', 'grace-period'],
    [{ asked: true, forced: true }, 'asked-for', 'forced'],
    [{ asked: true, forced: true }, null, 'grace-period'],
  ])('has an exit %j with the cause %j: %s', (how, killedFor, cause) => {
    const lastExit = { code: 0, signal: null, at: 1, uptimeMs: 1, ...how };
    const migrated = migrateState({ schema: 1, killedFor, lastLine: 7, lifecycle: { lastExit } });
    expect(migrated).toEqual({
      schema: 2,
      lifecycle: { lastExit: { code: 0, signal: null, at: 1, uptimeMs: 1, cause, lastLine: null } },
    });
  });

  it.each([
    [true, 'asked-for', 'forced'],
    [true, 'grace-period', 'grace-period'],
    [false, null, null],
  ])('goes on with a stop whose kill was %j for %j: %j', (killed, killedFor, expected) => {
    const lifecycle = { state: 'stopping', killed, lastExit: null };
    expect(migrateState({ schema: 1, killedFor, lastLine: null, lifecycle })).toEqual({
      schema: 2,
      lifecycle: { state: 'stopping', killedFor: expected, lastExit: null },
    });
  });

  it('leaves every other schema as it is', () => {
    const value = { schema: 2, lifecycle: { lastExit: { asked: true } }, killedFor: 'asked-for' };
    expect(migrateState(value)).toBe(value);
    expect(migrateState({ schema: 3 })).toEqual({ schema: 3 });
    expect(migrateState(null)).toEqual({});
  });
});
