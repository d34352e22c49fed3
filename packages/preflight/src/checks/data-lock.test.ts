import { describe, expect, it } from 'vitest';
import { fakeMachine, lockIdentity } from '../../test/fake-machine.ts';
import type { Owner } from '../owner-search.ts';
import { checkDataLock } from './data-lock.ts';

const checking = async (
  owner: Owner | undefined,
  { locked = true, ownPid = 7 }: { locked?: boolean; ownPid?: number | null } = {},
) => {
  const machine = fakeMachine();
  if (locked) machine.paths.set('/srv/geth/LOCK', '');
  const asked: unknown[] = [];
  const search = {
    ofSocket: () => Promise.resolve(undefined),
    ofPort: () => Promise.resolve(undefined),
    ofLock: (...what: unknown[]) => {
      asked.push(what);
      return Promise.resolve(owner);
    },
    belongsTo: (pid: number) => Promise.resolve(pid === 7),
    seesAllOf: () => Promise.resolve(false),
  };
  const problems = await checkDataLock('/srv/geth', { search, ownPid }, machine);
  return { problems, asked };
};

describe('the check of the lock on the data', () => {
  it.each([
    ['nobody holds it', undefined, {}],
    ['the node itself holds it', { pid: 7, name: 'geth' }, {}],
    ['it may be the node itself, which cannot be told', { pid: null, name: 'another process' }, {}],
    ['there is no lock', { pid: 8, name: 'geth' }, { locked: false }],
  ])('finds nothing where %s', async (_, owner, options) => {
    expect((await checking(owner, options)).problems).toEqual([]);
  });

  it.each([
    [{ pid: 8, name: 'geth' }, 7, 'geth (pid 8)'],
    [{ pid: 7, name: 'geth' }, null, 'geth (pid 7)'],
    [{ pid: null, name: 'another process' }, null, 'another process'],
  ])('names the owner %j where the node is %j', async (owner, ownPid, name) => {
    const { problems, asked } = await checking(owner, { ownPid });
    expect(problems).toEqual([
      {
        check: 'data directory',
        severity: 'error',
        message: `/srv/geth is in use by ${name}`,
        remedy: 'stop that process; removing the LOCK file would help nothing',
      },
    ]);
    expect(asked).toEqual([['/srv/geth/LOCK', lockIdentity]]);
  });
});
