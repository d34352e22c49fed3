import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../../test/fake-machine.ts';
import { checkDatabase } from './database.ts';

/** Checks a node folder with these files in its database. */
function check(asked: Parameters<typeof checkDatabase>[1], names: readonly string[]) {
  const machine = fakeMachine();
  for (const name of names) machine.paths.set(`/srv/geth/chaindata/${name}`, '');
  return checkDatabase('/srv/geth', asked, machine);
}
/** Checks a node folder whose old blocks have this metadata, as the bytes of a file read as text. */
function checkFreezer(freezerFormat: 1 | 2 | null, ...metas: readonly (readonly number[])[]) {
  const machine = fakeMachine();
  machine.paths.set('/srv/geth/chaindata/CURRENT', '');
  metas.forEach((bytes, at) =>
    machine.paths.set(
      `/srv/geth/chaindata/ancient/chain/table${at}.meta`,
      Buffer.from(bytes).toString('utf8'),
    ),
  );
  return checkDatabase('/srv/geth', { freezerFormat }, machine);
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
    expect(checkEngine('pebble', 'marker.manifest.000001.MANIFEST-000001')).toEqual([]);
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

describe('the check of what this release reads', () => {
  const old = { databaseEngines: ['leveldb'], stateSchemes: ['hash'] } as const;
  const remedyFrom = (release: string) =>
    `start a release from ${release} on, or give this one a data directory of its own`;

  it('names the release that reads the engine, where this one does not', () => {
    expect(check(old, ['CURRENT', 'OPTIONS-000003'])).toEqual([
      {
        check: 'data directory',
        severity: 'error',
        message: '/srv/geth/chaindata is a pebble database, which this release cannot read',
        remedy: remedyFrom('1.11.0'),
      },
    ]);
    // As geth 1.17.5 makes it.
    expect(check(old, ['marker.manifest.000001.MANIFEST-000001'])).toHaveLength(1);
  });

  it('names the release that reads the scheme, where this one does not', () => {
    expect(check(old, path)).toMatchObject([
      {
        message: '/srv/geth/chaindata keeps its state by path, which this release cannot read',
        remedy: remedyFrom('1.13.0'),
      },
    ]);
  });

  it('is content with what it reads, and where that is not known', () => {
    const both = {
      databaseEngines: ['leveldb', 'pebble'],
      stateSchemes: ['hash', 'path'],
    } as const;
    expect(check(old, hash)).toEqual([]);
    expect(check(both, ['OPTIONS-000003', ...path])).toEqual([]);
    expect(
      check({ databaseEngines: null, stateSchemes: null }, ['OPTIONS-000003', ...path]),
    ).toEqual([]);
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

describe('the check of the old blocks', () => {
  /** As geth 1.14 and geth 1.16.9 write them: a list of the format, the first block and, in the newer one, a place. */
  const first = [0xc2, 0x01, 0x80];
  const second = [0xc3, 0x02, 0x80, 0x06];
  const far = [0xcb, 0x02, 0x84, 1, 2, 3, 4, 0x84, 1, 2, 3, 4];

  it('names the release from which on they are read, where this one is older', () => {
    expect(checkFreezer(1, first, second)).toEqual([
      {
        check: 'data directory',
        severity: 'error',
        message:
          '/srv/geth/chaindata has its old blocks as geth 1.15.0 and later write them, which this release cannot read',
        remedy: 'start a release from 1.15.0 on, or give this one a data directory of its own',
      },
    ]);
    expect(checkFreezer(1, far)).toHaveLength(1);
  });

  it('is content with a release that reads them, also older ones', () => {
    expect(checkFreezer(2, first, second, far)).toEqual([]);
    expect(checkFreezer(1, first, first)).toEqual([]);
  });

  it('has nothing to say where it is not known what is read, or there is nothing to read', () => {
    expect(checkFreezer(null, second)).toEqual([]);
    expect(checkFreezer(1)).toEqual([]);
    expect(checkFreezer(1, [], [0xc3], [0xc3, 0xff])).toEqual([]);
  });
});
