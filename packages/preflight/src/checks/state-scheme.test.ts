import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../../test/fake-machine.ts';
import { checkStateScheme } from './state-scheme.ts';

/** Checks a node folder with these files in its database. */
function check(asked: 'hash' | 'path', ...names: string[]) {
  const machine = fakeMachine();
  for (const name of names) machine.paths.set(`/srv/geth/chaindata/${name}`, '');
  return checkStateScheme('/srv/geth', asked, machine);
}
const hash = ['CURRENT', '000004.sst', 'ancient/chain/FLOCK'];
const path = [...hash, 'ancient/state/FLOCK'];

describe('the check of the state scheme', () => {
  it('is content with the scheme that is there', () => {
    expect(check('hash', ...hash)).toEqual([]);
    expect(check('path', ...path)).toEqual([]);
    expect(check('hash', 'CURRENT', '000004.ldb', 'ancient/chain/FLOCK')).toEqual([]);
  });

  it('names both where the other one is there', () => {
    expect(check('hash', ...path)).toEqual([
      {
        check: 'data directory',
        severity: 'error',
        message: '/srv/geth/chaindata keeps its state by path, and --state.scheme asks for hash',
        remedy: 'remove --state.scheme, or give --state.scheme path',
      },
    ]);
    expect(check('path', ...hash)).toMatchObject([
      { message: '/srv/geth/chaindata keeps its state by hash, and --state.scheme asks for path' },
    ]);
  });

  it.each([
    ['no database is yet', []],
    ['it was begun and no more', ['CURRENT', '000002.log', 'ancient/chain/FLOCK']],
    ['the chain has its old blocks elsewhere', ['CURRENT', '000004.sst']],
    ['a database is being made', ['000004.sst', 'ancient/chain/FLOCK']],
  ])('has nothing to say where %s', (_, names) => {
    expect(check('path', ...names)).toEqual([]);
    expect(check('hash', ...names)).toEqual([]);
  });
});
