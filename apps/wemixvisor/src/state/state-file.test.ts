import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialLifecycle } from '@wemixvisor/process';
import { temporaryDirectory } from '@wemixvisor/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { launchOf } from '../../test/launch-of.ts';
import {
  readLastStart,
  readState,
  setAside,
  writeLastStart,
  writeState,
  type State,
} from './state-file.ts';

const state: State = {
  lifecycle: { ...initialLifecycle, generation: 3, restarts: { crash: 2, health: 0, operator: 1 } },
  launch: {
    binary: '/usr/bin/geth',
    args: ['--http'],
    environment: ['HOME', 'PATH'],
    endpoint: null,
    network: 'mainnet',
    version: null,
  },
  lastLine: 'INFO Blockchain stopped',
  killedFor: 'asked-for',
  starts: [1_795_435_200_000],
  socket: '/home/op/.wemixvisor/run/control.sock',
};

async function inFolder<T>(work: (file: string, folder: string) => T): Promise<T> {
  await using folder = await temporaryDirectory();
  return work(join(folder.path, 'state.json'), folder.path);
}

/** What is read from a file of this text. */
const reading = (text: string) =>
  inFolder((file) => {
    writeFileSync(file, text);
    return readState(file);
  });

const damaged = (changes: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ schema: 1, ...state, ...changes });

describe('state.json', () => {
  it('is read as it was written, by its owner only', async () => {
    await inFolder((file, folder) => {
      writeState(file, state);
      writeState(file, { ...state, lastLine: null });
      expect(readState(file)).toEqual({ state: { ...state, lastLine: null }, problem: null });
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readdirSync(folder)).toEqual(['state.json']);
    });
  });

  it('may be missing', async () => {
    expect(await inFolder(readState)).toEqual({ state: undefined, problem: null });
  });

  it.each([
    ['', 'cannot be read'],
    ['{"schema": 1, "lifecycle": {"sta', 'cannot be read'],
    ['\0\0\0\0', 'cannot be read'],
    ['null', 'has schema undefined, not 1'],
    ['[]', 'has schema undefined, not 1'],
    [damaged({ schema: 2 }), 'has schema 2, not 1'],
    [damaged({ schema: '1' }), 'has schema 1, not 1'],
    [damaged({ lifecycle: null }), 'is damaged'],
    [damaged({ lifecycle: { ...initialLifecycle, state: 'asleep' } }), 'is damaged'],
    [damaged({ lifecycle: { ...initialLifecycle, generation: -1 } }), 'is damaged'],
    [damaged({ lifecycle: { ...initialLifecycle, state: 'running' } }), 'is damaged'],
  ])('is refused in one line when it is %j', async (text, words) => {
    const { state: read, problem } = await reading(text);
    expect(read).toBeUndefined();
    expect(problem).toContain(words);
    expect(problem).not.toContain('\n');
  });

  it('may be a folder: that is a problem, not an exception', async () => {
    const { problem } = await inFolder((file) => {
      mkdirSync(file);
      return readState(file);
    });
    expect(problem).toContain('cannot be read: EISDIR');
  });

  it('never throws, whatever JSON it holds', async () => {
    await inFolder((file) => {
      const content = fc.oneof(
        fc.jsonValue(),
        fc.jsonValue().map((lifecycle) => ({ schema: 1, lifecycle })),
      );
      fc.assert(
        fc.property(content, (value) => {
          writeFileSync(file, JSON.stringify(value));
          expect(readState(file).state).toBeUndefined();
        }),
      );
    });
  });

  it('is set aside under another name, where it can be looked at', async () => {
    await inFolder((file) => {
      writeFileSync(file, 'half');
      const aside = setAside(file);
      expect(readFileSync(aside, 'utf8')).toBe('half');
      expect(readState(file)).toEqual({ state: undefined, problem: null });
    });
  });
});

describe('launch.json', () => {
  const start = {
    launch: launchOf(),
    options: { minPeers: '2' },
    environment: { DAEMON_NAME: 'geth' },
    config: '/etc/w.toml',
  };

  it('is read as it was written, by its owner only', async () => {
    await inFolder((file) => {
      writeLastStart(file, start);
      expect(readLastStart(file)).toEqual(start);
      expect(statSync(file).mode & 0o777).toBe(0o600);
    });
  });

  it.each([
    '',
    'null',
    '{}',
    '{"launch": {"binary": "/usr/bin/geth"',
    JSON.stringify({ launch: { ...launchOf(), args: ['--http', 1] } }),
    JSON.stringify({ launch: { ...launchOf(), env: null } }),
    JSON.stringify({ launch: { ...launchOf(), cwd: undefined } }),
  ])('counts as missing when it is %j', async (text) => {
    await inFolder((file) => {
      writeFileSync(file, text);
      expect(readLastStart(file)).toBeUndefined();
    });
  });

  it('may be missing', async () => {
    expect(await inFolder(readLastStart)).toBeUndefined();
  });

  it('needs no options', async () => {
    await inFolder((file) => {
      writeFileSync(file, JSON.stringify({ launch: launchOf() }));
      expect(readLastStart(file)).toEqual({
        launch: launchOf(),
        options: {},
        environment: {},
        config: null,
      });
    });
  });
});
