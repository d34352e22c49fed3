import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../../test/fake-machine.ts';
import { checkDatabase } from './database.ts';

/** Checks a node folder with these files in its database. */
function check(asked: Parameters<typeof checkDatabase>[1], names: readonly string[]) {
  const machine = fakeMachine();
  for (const name of names) machine.paths.set(`/srv/geth/chaindata/${name}`, '');
  return checkDatabase('/srv/geth', asked, machine);
}
const checkEngine = (databaseEngine: 'leveldb' | 'pebble', ...names: string[]) =>
  check({ databaseEngine }, names);
const checkScheme = (stateScheme: 'hash' | 'path', ...names: string[]) =>
  check({ stateScheme }, names);
const hash = ['CURRENT', '000004.sst', 'ancient/chain/FLOCK'];
const path = [...hash, 'ancient/state/FLOCK'];

describe('the check of the database engine', () => {
  it('has nothing to say where no database is yet', () => {
    expect(checkEngine('pebble')).toEqual([]);
    expect(checkEngine('leveldb', 'ancient', 'OPTIONS-000003')).toEqual([]);
  });

  it('is content with the engine that is there', () => {
    expect(checkEngine('pebble', 'CURRENT', 'OPTIONS-000003')).toEqual([]);
    expect(checkEngine('leveldb', 'CURRENT', 'LOG')).toEqual([]);
  });

  it('names both where the other one is there', () => {
    expect(checkEngine('leveldb', 'CURRENT', 'OPTIONS-000003')).toEqual([
      {
        check: 'data directory',
        severity: 'error',
        message: '/srv/geth/chaindata is a pebble database, and --db.engine asks for leveldb',
        remedy: 'remove --db.engine, or give --db.engine pebble',
      },
    ]);
    expect(checkEngine('pebble', 'CURRENT', 'MANIFEST-000001')).toMatchObject([
      { message: '/srv/geth/chaindata is a leveldb database, and --db.engine asks for pebble' },
    ]);
  });
});

describe('the check of the state scheme', () => {
  it('is content with the scheme that is there', () => {
    expect(checkScheme('hash', ...hash)).toEqual([]);
    expect(checkScheme('path', ...path)).toEqual([]);
    expect(checkScheme('hash', 'CURRENT', '000004.ldb', 'ancient/chain/FLOCK')).toEqual([]);
  });

  it('names both where the other one is there', () => {
    expect(checkScheme('hash', ...path)).toEqual([
      {
        check: 'data directory',
        severity: 'error',
        message: '/srv/geth/chaindata keeps its state by path, and --state.scheme asks for hash',
        remedy: 'remove --state.scheme, or give --state.scheme path',
      },
    ]);
    expect(checkScheme('path', ...hash)).toMatchObject([
      { message: '/srv/geth/chaindata keeps its state by hash, and --state.scheme asks for path' },
    ]);
  });

  it.each([
    ['no database is yet', []],
    ['it was begun and no more', ['CURRENT', '000002.log', 'ancient/chain/FLOCK']],
    ['the chain has its old blocks elsewhere', ['CURRENT', '000004.sst']],
    ['a database is being made', ['000004.sst', 'ancient/chain/FLOCK']],
  ])('has nothing to say where %s', (_, names) => {
    expect(checkScheme('path', ...names)).toEqual([]);
    expect(checkScheme('hash', ...names)).toEqual([]);
  });
});

it('names both mistakes at once, and none where nothing is asked for', () => {
  const names = ['OPTIONS-000003', ...path];
  const both = check({ databaseEngine: 'leveldb', stateScheme: 'hash' }, names);
  expect(both.map(({ remedy }) => remedy)).toEqual([
    'remove --db.engine, or give --db.engine pebble',
    'remove --state.scheme, or give --state.scheme path',
  ]);
  expect(check({}, names)).toEqual([]);
  expect(check({ databaseEngine: null, stateScheme: null }, names)).toEqual([]);
});
