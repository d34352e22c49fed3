import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialLifecycle } from '@wemixvisor/process';
import { temporaryDirectory } from '@wemixvisor/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { launchOf } from '../../test/launch-of.ts';
import { exitOf } from '../../test/status-of.ts';
import { noSources, writeLaunchFile } from './launch-file.ts';
import { readState, setAside, writeState, type State } from './state-file.ts';

const state: State = {
  lifecycle: {
    ...initialLifecycle,
    generation: 3,
    restarts: { crash: 2, health: 0, operator: 1 },
    lastExit: exitOf({ cause: 'forced', lastLine: 'INFO Blockchain stopped' }),
  },
  launch: {
    binary: '/usr/bin/geth',
    args: ['--http'],
    environment: ['HOME', 'PATH'],
    endpoint: null,
    endpointSource: null,
    network: 'mainnet',
    version: null,
  },
  starts: [{ at: 1_795_435_200_000, logMark: '7@', program: '1:2:3:4' }],
  socket: '/home/op/.wemixvisor/run/control.sock',
};

interface Places {
  readonly state: string;
  readonly launch: string;
}

async function inFolder<T>(work: (places: Places, folder: string) => T): Promise<T> {
  await using folder = await temporaryDirectory();
  const [state, launch] = ['state.json', 'launch.json'].map((name) => join(folder.path, name));
  return work({ state: state ?? '', launch: launch ?? '' }, folder.path);
}

/** What is read from a file of this text. */
const reading = (text: string) =>
  inFolder((places) => {
    writeFileSync(places.state, text);
    return readState(places);
  });

const anyone = { pid: 4711, startTime: '1', bootId: 'b', executable: null };

const damaged = (changes: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ schema: 2, ...state, ...changes });

describe('state.json', () => {
  it('is read as it was written, by its owner only', async () => {
    await inFolder((places, folder) => {
      writeState(places.state, state);
      writeState(places.state, { ...state, launch: null });
      expect(readState(places)).toEqual({ state: { ...state, launch: null }, problem: null });
      expect(statSync(places.state).mode & 0o777).toBe(0o600);
      expect(readdirSync(folder)).toEqual(['state.json']);
    });
  });

  it('leaves the commands to launch.json, as they hold secrets', async () => {
    const secret = launchOf({ args: ['--nodekeyhex', 'S3CR3T'], env: { API_TOKEN: 'S3CR3T' } });
    const next = launchOf({ args: ['--unlock', 'S3CR3T'] });
    const run = { identity: anyone, recorder: anyone, startedAt: 1, adopted: false };
    const lifecycle = {
      ...state.lifecycle,
      command: secret,
      state: 'stopping',
      run,
      then: 'operator',
      reason: 'restarted by the operator',
      asked: true,
      killedFor: null,
      next,
      graceMs: 0,
      killAt: null,
    } as const;
    await inFolder((places) => {
      writeLaunchFile(places.launch, {
        launch: secret,
        next,
        sources: noSources,
        good: null,
        upgrade: null,
      });
      writeState(places.state, { ...state, lifecycle });
      expect(readFileSync(places.state, 'utf8')).not.toContain('S3CR3T');
      expect(readState(places).state?.lifecycle).toEqual(lifecycle);
    });
  });

  it('may be missing', async () => {
    expect(await inFolder(readState)).toEqual({ state: undefined, problem: null });
  });

  it.each([
    ['', 'cannot be read'],
    ['{"schema": 2, "lifecycle": {"sta', 'cannot be read'],
    ['\0\0\0\0', 'cannot be read'],
    ['null', 'has schema undefined, not 2'],
    ['[]', 'has schema undefined, not 2'],
    [damaged({ schema: 3 }), 'has schema 3, not 2'],
    [damaged({ schema: '2' }), 'has schema 2, not 2'],
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

  it.each(['mkdir', 'mkfifo'])(
    'is not waited for where %s put something else in its place',
    async (command) => {
      const read = await inFolder((places) => {
        execFileSync(command, [places.state]);
        return readState(places);
      });
      expect(read.state).toBeUndefined();
      expect(read.problem).toMatch(/state\.json cannot be read: it is no regular file$/);
    },
  );

  it('never throws, whatever JSON it holds', async () => {
    await inFolder((places) => {
      const ofSchema = fc.record({ schema: fc.constantFrom(1, 2), lifecycle: fc.jsonValue() });
      fc.assert(
        fc.property(fc.oneof(fc.jsonValue(), ofSchema), (value) => {
          writeFileSync(places.state, JSON.stringify(value));
          expect(readState(places).state).toBeUndefined();
        }),
      );
    });
  });

  it('is set aside under another name, where it can be looked at', async () => {
    await inFolder((places) => {
      writeFileSync(places.state, 'half');
      const aside = setAside(places.state);
      expect(readFileSync(aside, 'utf8')).toBe('half');
      expect(readState(places)).toEqual({ state: undefined, problem: null });
    });
  });
});
