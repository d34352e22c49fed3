import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../../test/fake-machine.ts';
import { checkDatabaseEngine } from './database-engine.ts';

/** Checks a node folder with these files in its database. */
function check(asked: 'leveldb' | 'pebble', ...names: string[]) {
  const machine = fakeMachine();
  for (const name of names) machine.paths.set(`/srv/geth/chaindata/${name}`, '');
  return checkDatabaseEngine('/srv/geth', asked, machine);
}

describe('the check of the database engine', () => {
  it('has nothing to say where no database is yet', () => {
    expect(check('pebble')).toEqual([]);
    expect(check('leveldb', 'ancient', 'OPTIONS-000003')).toEqual([]);
  });

  it('is content with the engine that is there', () => {
    expect(check('pebble', 'CURRENT', 'OPTIONS-000003')).toEqual([]);
    expect(check('leveldb', 'CURRENT', 'LOG')).toEqual([]);
  });

  it('names both where the other one is there', () => {
    expect(check('leveldb', 'CURRENT', 'OPTIONS-000003')).toEqual([
      {
        check: 'data directory',
        severity: 'error',
        message: '/srv/geth/chaindata is a pebble database, and --db.engine asks for leveldb',
        remedy: 'remove --db.engine, or give --db.engine pebble',
      },
    ]);
    expect(check('pebble', 'CURRENT', 'MANIFEST-000001')).toMatchObject([
      { message: '/srv/geth/chaindata is a leveldb database, and --db.engine asks for pebble' },
    ]);
  });
});
