import { describe, expect, it } from 'vitest';
import { fakeMachine, lockIdentity } from '../../test/fake-machine.ts';
import type { Owner } from '../owner-search.ts';
import { checkDataLock } from './data-lock.ts';

const checking = async (owner: Owner | undefined, { locked = true } = {}) => {
  const machine = fakeMachine();
  if (locked) machine.paths.set('/srv/geth/LOCK', '');
  const asked: unknown[] = [];
  const search = {
    ofPort: () => Promise.resolve(undefined),
    ofLock: (...what: unknown[]) => {
      asked.push(what);
      return Promise.resolve(owner);
    },
  };
  const problems = await checkDataLock('/srv/geth', { search, ownPid: 7 }, machine);
  return { problems, asked };
};

describe('the check of the lock on the data', () => {
  it.each([
    ['nobody holds it', undefined, {}],
    ['the node itself holds it', { pid: 7, name: 'geth' }, {}],
    ['there is no lock', { pid: 8, name: 'geth' }, { locked: false }],
  ])('finds nothing where %s', async (_, owner, options) => {
    expect((await checking(owner, options)).problems).toEqual([]);
  });

  it.each([
    [{ pid: 8, name: 'geth' }, 'geth (pid 8)'],
    [{ pid: null, name: 'another process' }, 'another process'],
  ])('names the owner %j', async (owner, name) => {
    const { problems, asked } = await checking(owner);
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
