import { examplesOf, type Cause, type Sign } from '../cause.ts';

const early =
  'A stop during the first start can leave this: with no data worth keeping begin with a fresh data directory; else restore a copy.';
const moved =
  'Set --datadir.ancient to the folder that holds the ancient blocks; if it is lost, restore a copy or sync again.';

/** ethdb/leveldb, ethdb/pebble and their libraries. */
const storeSigns: readonly Sign[] = [
  {
    where: 'fatal',
    pattern: /^leveldb(?:\/[a-z]{1,20})?: [^[]{0,500}corrupt/,
    summary: () => 'the LevelDB database is corrupted',
  },
  {
    where: 'fatal',
    pattern: /^(?:dirname="[^"]{0,1000}": )?pebble: database (?:"[^"]{0,1000}" )?does not exist$/,
    summary: () => 'the database folder is there, its database is not',
    remedy: () => early,
  },
  {
    where: 'fatal',
    pattern:
      /^pebble(?:\/[a-z]{1,20})?: (?:[^\n]{0,500}corrupt|invalid table|invalid chunk|(?:could not open |malformed |error when loading )?manifest file |backing file |error when replaying WAL|MANIFEST name |(?:could not open )?CURRENT file )/,
    summary: () => 'the Pebble database is corrupted',
  },
  {
    where: 'fatal',
    pattern:
      /^(?:L\d: )?(?:file )?\d{6,12}[^\n]{0,200}(?:object size mismatch|unknown to the objstorage provider)/,
    summary: () => 'a file of the Pebble database is missing or cut',
  },
  {
    where: 'fatal',
    pattern:
      /^open (?<path>.{1,1000}\/(?:MANIFEST-\d{1,9}|CURRENT|\d{6,12}\.(?:ldb|sst|log))): no such file or directory$/,
    summary: ({ part }) => `a file of the database is missing: ${part('path')}`,
  },
];

/** core/rawdb: freezer.go, freezer_table.go, database.go, ancienttest. */
const ancientSigns: readonly Sign[] = [
  {
    where: 'fatal',
    pattern: /^open (?<path>.{1,1000}\.(?:[cr]idx|[cr]dat|meta)): no such file or directory$/,
    summary: ({ part }) => `a file of the ancient store is missing: ${part('path')}`,
    remedy: () => early,
  },
  {
    where: 'fatal',
    pattern:
      /^freezer table\(path: (?<path>.{1,1000}), name: (?<name>\S{1,60}), num: \d{1,9}\) is corrupted$/,
    summary: ({ part }) =>
      `the table ${part('name')} of the ancient store is corrupted: ${part('path')}`,
  },
  {
    where: 'fatal',
    pattern: /^index file(?:\(path: | is corrupted at |s? with )/,
    summary: () => 'an index of the ancient store is corrupted',
  },
  {
    where: 'fatal',
    pattern:
      /^(?:index items with (?:inconsistent|unordered|zero) |freezer table \S{1,60} has (?:a )?differing |freezer tables \S{1,60} and \S{1,60} have differing |non-prunable freezer table |missing data file \d)/,
    summary: () => 'the tables of the ancient store do not fit together',
  },
  {
    where: 'fatal',
    pattern: /^ancient chain segments already extracted, /,
    summary: () => 'the ancient blocks are not where the node looks for them',
    remedy: () => moved,
  },
  {
    where: 'fatal',
    pattern: /^gap (?:\(#\d{1,20}\) )?in the chain between ancients (?:\[|and )/,
    summary: () => 'blocks are missing between the ancient store and the database',
    remedy: () => moved,
  },
  {
    where: 'fatal',
    pattern: /^genesis mismatch: \S{1,80} \(leveldb\) != /,
    summary: () => 'the ancient store is of another chain than the database',
    remedy: () => moved,
  },
  {
    where: 'fatal',
    pattern: /^failed to retrieve genesis from ancient /,
    summary: () => 'the ancient store cannot be read',
  },
];

const chainSigns: readonly Sign[] = [
  {
    where: 'fatal',
    pattern:
      /^(?:genesis (?:state|config|block) missing from db|missing head header|invalid genesis hash in database: )/,
    summary: () => 'the beginning or the head of the chain is missing in the database',
  },
  {
    where: 'crit',
    pattern:
      /^Failed to (?:open (?:state|trienode) history freezer|repair history|truncate (?:ancient data|extra (?:state )?histories))\b/,
    summary: () => 'the history of the state cannot be opened',
    confidence: 'likely',
  },
  {
    where: 'crit',
    pattern: /^[^=]{1,120} +err(?:or)?="?(?:leveldb|pebble)(?:\/[a-z]{1,20})?: [^[]{0,300}corrupt/,
    summary: () => 'the database is corrupted',
  },
];

export const damageCauses: readonly Cause[] = [
  {
    name: 'database-damaged',
    class: 'never',
    meaning: 'The database in the data directory is damaged, or a part of it is missing.',
    remedy:
      'Restore the data directory from a copy or a snapshot, or remove geth/chaindata (keep keystore and nodekey) and sync again. Check disk and memory.',
    signs: [...storeSigns, ...ancientSigns, ...chainSigns],
    examples: examplesOf(
      1,
      [
        'geth 1.10.26, goleveldb',
        "Fatal: Failed to register the Ethereum service: leveldb: manifest corrupted (field 'comparer'): missing [file=MANIFEST-000004]",
      ],
      [
        'gwemix w0.10.9, goleveldb',
        'Fatal: Could not open database: leveldb/storage: corrupted or incomplete CURRENT file',
      ],
      ['geth 1.17.5, pebble', 'Fatal: Could not open database: pebble: database does not exist'],
      [
        'geth 1.17.5, pebble',
        'Fatal: Could not open database: pebble: malformed manifest file "MANIFEST-000005" for DB "/srv/geth/geth/chaindata"',
      ],
      [
        'geth 1.16.9, pebble',
        'Fatal: Could not open database: pebble: error when replaying WAL: pebble/record: invalid chunk',
      ],
      [
        'geth 1.10.26, core/rawdb/freezer.go',
        'Fatal: Could not open database: freezer tables headers and bodies have differing lengths: 18446744073709551615 != 0',
      ],
      [
        'geth 1.13.15, pebble',
        'Fatal: Could not open database: pebble: CURRENT file for DB "/srv/geth/geth/chaindata" is empty',
      ],
      [
        'geth 1.16.9, pebble',
        'Fatal: Failed to register the Ethereum service: dirname="/srv/geth/geth/chaindata": pebble: database does not exist',
      ],
      [
        'geth 1.16.9, pebble',
        'Fatal: Failed to register the Ethereum service: pebble: corruption: checksum mismatch',
      ],
      [
        'geth 1.17.5, pebble',
        'Fatal: Failed to register the Ethereum service: pebble/record: invalid chunk',
      ],
      [
        'geth 1.17.5, pebble',
        'Fatal: Failed to register the Ethereum service: pebble: could not open manifest file "MANIFEST-000001" for DB "/srv/geth/geth/chaindata": file does not exist',
      ],
      [
        'geth 1.17.5, pebble',
        'Fatal: Failed to register the Ethereum service: file 000123 (type sstable) unknown to the objstorage provider: file does not exist',
      ],
      [
        'geth 1.17.5, core/rawdb/freezer_table.go',
        'Fatal: Failed to register the Ethereum service: open /srv/geth/geth/chaindata/ancient/chain/headers.cidx: no such file or directory',
      ],
      [
        'geth 1.13.15, core/rawdb/freezer_table.go',
        'Fatal: Failed to register the Ethereum service: freezer table(path: /srv/geth/geth/chaindata/ancient/chain, name: bodies, num: 12) is corrupted',
      ],
      [
        'geth 1.17.5, core/rawdb/freezer.go',
        'Fatal: Failed to register the Ethereum service: freezer table hashes has a differing head: 10 != 9',
      ],
      [
        'geth 1.10.26, core/rawdb/database.go',
        'Fatal: Failed to register the Ethereum service: ancient chain segments already extracted, please set --datadir.ancient to the correct path',
      ],
      [
        'geth 1.17.5, core/rawdb/database.go',
        'Fatal: Failed to register the Ethereum service: gap in the chain between ancients [0 - #100] and leveldb [#120 - #190] ',
      ],
      [
        'gwemix w0.10.9, core/rawdb/database.go',
        'Fatal: Failed to register the Ethereum service: gap (#100) in the chain between ancients and leveldb',
      ],
      [
        'geth 1.17.5, core/rawdb/database.go',
        'Fatal: Failed to register the Ethereum service: genesis mismatch: 0xd4e5 (leveldb) != 0x25a5 (ancients)',
      ],
      [
        'gwemix w0.10.9, goleveldb',
        'Fatal: Failed to register the Ethereum service: open /opt/wemix/geth/chaindata/MANIFEST-000004: no such file or directory',
      ],
      [
        'geth 1.17.5, core/rawdb/freezer_table.go',
        'Fatal: Failed to register the Ethereum service: index file(path: /srv/geth/geth/chaindata/ancient/chain, name: bodies) contains 3 garbage data bytes',
      ],
      [
        'geth 1.10.26, core/rawdb/database.go',
        'Fatal: Failed to register the Ethereum service: failed to retrieve genesis from ancient out of bounds',
      ],
      [
        'geth 1.17.5, core/genesis.go',
        'Fatal: Failed to register the Ethereum service: genesis state missing from db',
      ],
      [
        'geth 1.17.5, triedb/pathdb/history.go',
        'CRIT [03-04|09:15:02.118] Failed to open state history freezer     err="index file is corrupted at 12, size: 18"',
      ],
      [
        'geth 1.10.26, core/rawdb/accessors_chain.go',
        'CRIT [03-04|09:15:02.118] Failed to store last block\'s hash         err="leveldb/table: corruption on data-block (pos=0): checksum mismatch, want=0x1 got=0x2 [file=000123.ldb]"',
      ],
    ),
  },
];
