import { examplesOf, type Cause } from '../cause.ts';

/**
 * What a gwemix says each second from the fork on at which its chain goes on with another program (miner/worker.go of go-wemix, from
 * 0.10.10 on; the fork was first named MontBlanc, and is Croissant in later releases). It is said of its own chain, never of a peer's block.
 */
export const chainEndMessage =
  /^go-wemix skips mining due to (?<fork>[A-Z][A-Za-z]{1,30}) hard fork\b/;

export const chainCauses: readonly Cause[] = [
  {
    name: 'wrong-genesis',
    class: 'never',
    meaning: 'The data directory holds another chain than the command line asks for.',
    remedy:
      'Name the network of the data (--sepolia, --wemix-testnet, --networkid …) or use the data directory of this network.',
    signs: [
      {
        where: 'fatal',
        pattern:
          /^database contains incompatible genesis \(have (?<have>[0-9a-fx]{1,70}), new (?<asked>[0-9a-fx]{1,70})\)/,
        summary: ({ part }) =>
          `the data directory holds another chain: genesis ${part('have').slice(0, 10)}…, asked for ${part('asked').slice(0, 10)}…`,
      },
      {
        where: 'fatal',
        pattern: /^database contains incompatible genesis/,
        summary: () => 'the data directory holds another chain',
      },
    ],
    examples: examplesOf(
      1,
      [
        'geth 1.16.9, core/genesis.go',
        'Fatal: Failed to register the Ethereum service: database contains incompatible genesis (have fa8cfb85fa8ed62afa90b0cffa928b74fa946619fa9640befa981b63fa99f608, new 98c4753698c6ee1298c966ee98cbdfca98ce58a698d0d18298d34a5e98d5c33a)',
      ],
      [
        'geth 1.9.6, core/genesis.go',
        'Fatal: Error starting protocol stack: database contains incompatible genesis (have d4e56740f876aef8, new 0cd786a2425d16f1)',
      ],
      [
        'gwemix w0.10.9, cmd/geth/chaincmd.go',
        'Fatal: Failed to write genesis block: database contains incompatible genesis (have d4e56740f876aef8, new 0cd786a2425d16f1)',
      ],
    ),
  },
  {
    name: 'chain-ended',
    class: 'hold',
    meaning:
      'The chain of this release has ended at a hard fork, as planned: from there on another program carries it on.',
    remedy:
      'Upgrade to the program that carries the fork, gwemix 1.0 (go-wbft) for Croissant, first named MontBlanc; the node is started when its program is another one.',
    signs: [],
    examples: examplesOf(
      0,
      [
        'go-wemix after w0.10.9 (6eda207f), miner/worker.go',
        'WARN [03-04|09:20:30.069] go-wemix skips mining due to MontBlanc hard fork height=100 parent-hash=a3e3ec..dd5813',
      ],
      [
        'go-wemix of July 2025 and later, miner/worker.go',
        'WARN [03-04|09:20:30.069] go-wemix skips mining due to Croissant hard fork height=100 parent-hash=a3e3ec..dd5813',
      ],
    ),
  },
  {
    name: 'fork-settings-differ',
    class: 'never',
    meaning:
      'A fork of the chain configuration is at another block than the data was written with.',
    remedy:
      'Correct the fork in the genesis file or the --override flag, or begin with a fresh data directory.',
    signs: [
      {
        where: 'fatal',
        pattern: /^(?:Failed to write chain config: )?mismatching (?<fork>.{1,100}) in database /,
        summary: ({ part }) => `the data was written with another ${part('fork')}`,
      },
    ],
    examples: examplesOf(1, [
      'geth 1.17.5, params/config.go',
      'Fatal: Failed to write chain config: mismatching Shanghai fork timestamp in database (have timestamp 0, want timestamp 9, rewindto timestamp 0)',
    ]),
  },
  {
    name: 'unsupported-chain',
    class: 'never',
    meaning: 'This release cannot run a chain with this configuration.',
    remedy: 'Use a release that serves the chain, or complete the chain configuration.',
    signs: [
      {
        where: 'fatal',
        pattern: /^only PoS networks are supported\b/,
        summary: () => 'this release serves proof-of-stake chains only',
        remedy: () => 'Run the chain with geth 1.13.15, the last release for proof of authority.',
      },
      {
        where: 'fatal',
        pattern: /^'terminalTotalDifficulty' is not set\b/,
        summary: () =>
          'this release serves proof-of-stake chains only: terminalTotalDifficulty is not set',
        remedy: () =>
          'Run a proof-of-authority chain with geth 1.13.15; for a proof-of-stake chain set terminalTotalDifficulty in its genesis file.',
      },
      {
        where: 'fatal',
        pattern: /^ethash is only supported as a historical component\b/,
        summary: () => 'this release does not serve proof-of-work chains',
        remedy: () => 'Run the chain with geth 1.11.6, the last release for proof of work.',
      },
      {
        where: 'fatal',
        pattern:
          /^(?:invalid chain configuration: )?missing entry for fork "(?<fork>[^"]{1,60})" in blobSchedule$/,
        summary: ({ part }) =>
          `the chain configuration sets the fork "${part('fork')}" and has no entry for it in blobSchedule`,
        remedy: ({ part }) =>
          `Add config.blobSchedule.${part('fork')} to the genesis file and run "init" with it again, or use a release that asks for none (before 1.15).`,
      },
      {
        where: 'fatal',
        pattern:
          /^invalid chain configuration(?: in blobSchedule for fork "[^"]{1,60}")?: (?<why>.{1,300})$/,
        summary: ({ part }) => `the chain configuration is not valid: ${part('why')}`,
      },
      {
        where: 'fatal',
        pattern: /^unsupported fork ordering: (?<why>.{1,300})$/,
        summary: ({ part }) => `the forks of the chain are not in order: ${part('why')}`,
        remedy: () =>
          'Correct the order in the genesis file; a release that knows fewer forks may still run the chain.',
      },
      {
        where: 'fatal',
        pattern: /^genesis has no chain configuration$/,
        summary: () => 'the genesis has no chain configuration',
        remedy: () => 'Add "config" to the genesis file and run "init" with it.',
      },
    ],
    examples: examplesOf(
      1,
      [
        'geth 1.17.5, core/genesis.go',
        'Fatal: Failed to register the Ethereum service: genesis has no chain configuration',
      ],
      [
        'geth 1.14.13, eth/ethconfig/config.go',
        'Fatal: Failed to register the Ethereum service: only PoS networks are supported, please transition old ones with Geth v1.13.x',
      ],
      [
        'geth 1.16.9, eth/ethconfig/config.go',
        "Fatal: Failed to register the Ethereum service: 'terminalTotalDifficulty' is not set in genesis block",
      ],
      [
        'geth 1.13.15, eth/ethconfig/config.go',
        'Fatal: Failed to register the Ethereum service: ethash is only supported as a historical component of already merged networks',
      ],
      [
        'geth 1.16.9, params/config.go',
        'Fatal: Failed to register the Ethereum service: invalid chain configuration: missing entry for fork "osaka" in blobSchedule',
      ],
      [
        'geth 1.17.5, params/config.go',
        'Fatal: Failed to write genesis block: missing entry for fork "osaka" in blobSchedule',
      ],
      [
        'geth 1.17.5, params/config.go',
        'Fatal: Failed to register the Ethereum service: unsupported fork ordering: cancunTime not enabled, but pragueTime enabled at timestamp 9',
      ],
    ),
  },
  {
    name: 'genesis-file',
    class: 'never',
    meaning: 'The genesis file is missing or cannot be read, or the data does not suit --dev.',
    remedy: 'Correct the genesis file; --dev needs a data directory of its own.',
    signs: [
      {
        where: 'fatal',
        pattern: /^[Ff]ailed to read genesis file: (?<why>.{1,1000})$/,
        summary: ({ part }) => `the genesis file cannot be read: ${part('why')}`,
      },
      {
        where: 'fatal',
        pattern: /^[Ii]nvalid genesis file: (?<why>.{1,1000})$/,
        summary: ({ part }) => `the genesis file is not valid: ${part('why')}`,
      },
      {
        where: 'fatal',
        pattern: /^Bad developer-mode genesis configuration: (?<why>.{1,1000})$/,
        summary: ({ part }) => `the data directory does not suit --dev: ${part('why')}`,
      },
    ],
    examples: examplesOf(
      1,
      [
        'gwemix w0.10.9, cmd/geth/chaincmd.go',
        'Fatal: Failed to read genesis file: open g.json: no such file or directory',
      ],
      [
        'geth 1.17.5, cmd/geth/chaincmd.go',
        "Fatal: invalid genesis file: missing required field 'difficulty' for Genesis",
      ],
      [
        'geth 1.14.13, cmd/utils/flags.go',
        'Fatal: Bad developer-mode genesis configuration: terminalTotalDifficulty must be specified',
      ],
    ),
  },
];
