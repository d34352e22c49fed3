import { fstatSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { describe, expect, it } from 'vitest';
import { command } from '../test/support/life.ts';
import { spawnLogged } from './spawn-logged.ts';
import type { SpawnedNode, SpawnOptions } from './spawn-node.ts';

const where = { runDirectory: '/run/of/node', generation: 4 };
const openLog = () => openSync(devNull, 'a');
const child = { pid: 7 } as SpawnedNode;

describe('spawnLogged', () => {
  it('gives the spawn an open log, and closes it afterwards', async () => {
    let given: SpawnOptions | undefined;
    const spawned = await spawnLogged(command, where, openLog, (_, options) => {
      given = options;
      fstatSync(options.log); // throws when it is not open
      return Promise.resolve(child);
    });
    expect(spawned).toBe(child);
    expect(given).toMatchObject(where);
    expect(() => fstatSync(given?.log ?? 0)).toThrow('EBADF');
  });

  it('closes the log of a spawn that failed', async () => {
    let log = 0;
    const spawned = spawnLogged(command, where, openLog, (_, options) => {
      log = options.log;
      return Promise.reject(new Error('EAGAIN'));
    });
    await expect(spawned).rejects.toThrow('EAGAIN');
    expect(() => fstatSync(log)).toThrow('EBADF');
  });
});
