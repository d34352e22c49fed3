import { examplesOf, type Cause } from '../cause.ts';

const locked = () => 'another process uses the data directory';

/** Data that is sound, but not for this release or these flags. */
export const dataCauses: readonly Cause[] = [
  {
    name: 'data-directory-locked',
    class: 'hold',
    meaning: 'Another process uses the data directory.',
    remedy:
      'Stop the other process (lsof or fuser on geth/LOCK in the data directory names it), or use another data directory.',
    signs: [
      { where: 'fatal', pattern: /^datadir already used by another process$/, summary: locked },
      {
        where: 'fatal',
        pattern: /^(?:resource temporarily unavailable|locking failed)$/,
        summary: locked,
        confidence: 'likely',
      },
    ],
    examples: examplesOf(
      1,
      [
        'geth 1.17.5, node/errors.go',
        'Fatal: Failed to create the protocol stack: datadir already used by another process',
      ],
      [
        'geth 1.9.6, node/errors.go',
        'Fatal: Error starting protocol stack: datadir already used by another process',
      ],
      [
        'gwemix w0.10.9, node/errors.go',
        'Fatal: Failed to create the protocol stack: datadir already used by another process',
      ],
      [
        'geth 1.10.26, core/rawdb/freezer.go',
        'Fatal: Could not open database: resource temporarily unavailable',
      ],
    ),
  },
  {
    name: 'state-scheme-differs',
    class: 'never',
    meaning:
      'The state in the data directory is kept in another scheme than --state.scheme asks for.',
    remedy: 'Leave --state.scheme out: the node then keeps to its data.',
    signs: [
      {
        where: 'fatal',
        pattern:
          /^incompatible state scheme, stored: (?<stored>[a-z]{1,20}), (?:user )?provided: (?<asked>[a-z]{1,20})$/,
        summary: ({ part }) =>
          `the state is kept in the ${part('stored')} scheme, --state.scheme asks for ${part('asked')}`,
        remedy: ({ part }) =>
          `Set --state.scheme ${part('stored')} or leave the flag out; ${part('asked')} needs a fresh data directory. --gcmode archive asks for hash.`,
      },
    ],
    examples: examplesOf(1, [
      'geth 1.17.5, core/rawdb/accessors_trie.go',
      'Fatal: Failed to register the Ethereum service: incompatible state scheme, stored: hash, provided: path',
    ]),
  },
  {
    name: 'database-engine-differs',
    class: 'never',
    meaning: 'The data was written with another database engine than --db.engine asks for.',
    remedy: 'Leave --db.engine out: the node then keeps to its data.',
    signs: [
      {
        where: 'fatal',
        pattern:
          /^db\.engine choice was (?<asked>[a-z]{1,20}) but found pre-existing (?<stored>[a-z]{1,20}) database /,
        summary: ({ part }) =>
          `the data was written with ${part('stored')}, --db.engine asks for ${part('asked')}`,
        remedy: ({ part }) =>
          `Set --db.engine ${part('stored')} or leave the flag out; ${part('asked')} needs a fresh data directory.`,
      },
    ],
    examples: examplesOf(1, [
      'geth 1.13.15, node/database.go',
      'Fatal: Failed to register the Ethereum service: db.engine choice was pebble but found pre-existing leveldb database in specified data directory',
    ]),
  },
  {
    name: 'data-of-newer-release',
    class: 'never',
    meaning: 'A newer release has written the data directory; this one cannot read it.',
    remedy: 'Go back to the newer release, or restore a copy of the data from before it.',
    signs: [
      {
        where: 'fatal',
        pattern:
          /^database version is v(?<have>\d{1,9}), Geth (?<release>\S{1,60}) only supports v(?<known>\d{1,9})$/,
        summary: ({ part }) =>
          `the data has format v${part('have')}, release ${part('release')} reads up to v${part('known')}`,
      },
      {
        where: 'fatal',
        pattern: /^rlp: .{1,200} for rawdb\.(?:freezerTableMeta|freezerTableMetaV\d)\b/,
        summary: () => 'the ancient store was written by a newer release',
      },
      {
        where: 'crit',
        pattern: /^Failed to [^=]{1,100} +err(?:or)?="?rlp: .{1,200} for rawdb\.freezerTableMeta\b/,
        summary: () => 'the ancient store was written by a newer release',
      },
      {
        where: 'fatal',
        pattern:
          /^pebble: database (?:"[^"]{1,1000}" )?written in (?:unknown )?format major version (?<have>\d{1,9})/,
        summary: ({ part }) =>
          `the database has the pebble format ${part('have')}, which this release does not know`,
      },
      {
        where: 'fatal',
        pattern: /^pebble: unknown (?:format version|option|section|table format)\b/,
        summary: () => 'the database was written by a newer pebble than that of this release',
        confidence: 'likely',
      },
    ],
    examples: examplesOf(
      1,
      [
        'geth 1.16.9, eth/backend.go',
        'Fatal: Failed to register the Ethereum service: database version is v10, Geth 1.16.9-stable only supports v9',
      ],
      [
        'geth 1.13.15, core/rawdb/freezer_meta.go',
        'Fatal: Failed to register the Ethereum service: rlp: input list has too many elements for rawdb.freezerTableMeta',
      ],
      [
        'geth 1.13.15, core/rawdb/freezer_meta.go',
        'Fatal: Could not open database: rlp: input list has too many elements for rawdb.freezerTableMeta',
      ],
      [
        'geth 1.13.15, triedb/pathdb/database.go',
        'CRIT [03-04|09:15:02.118] Failed to open state history freezer     err="rlp: input list has too many elements for rawdb.freezerTableMeta"',
      ],
      [
        'geth 1.14.13, ethdb/pebble',
        'Fatal: Could not open database: pebble: database "/srv/geth/geth/chaindata" written in unknown format major version 19',
      ],
      [
        'geth 1.13.15, pebble',
        'Fatal: Could not open database: pebble: unknown option: Options.new',
      ],
    ),
  },
  {
    name: 'history-mode-differs',
    class: 'never',
    meaning: 'The block history in the data directory does not suit --history.chain.',
    remedy: 'Set --history.chain as the data is, or prune it with "prune-history".',
    signs: [
      {
        where: 'fatal',
        pattern: /^database pruned beyond requested history \(/,
        summary: () => 'more history was pruned than --history.chain allows',
      },
      {
        where: 'fatal',
        pattern: /^history pruning required$/,
        summary: () => '--history.chain asks for less history than the data has',
        remedy: () =>
          'Leave --history.chain out, or run "geth prune-history" with the same value first.',
      },
    ],
    examples: examplesOf(
      1,
      [
        'geth 1.17.5, core/blockchain.go',
        'Fatal: Failed to register the Ethereum service: database pruned beyond requested history (tail=15537393, target=0)',
      ],
      [
        'geth 1.17.5, core/blockchain.go',
        'Fatal: Failed to register the Ethereum service: history pruning required',
      ],
    ),
  },
];
