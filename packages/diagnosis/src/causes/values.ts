import { examplesOf, type Cause, type Sign } from '../cause.ts';

const flagText = '-{1,2}(?<flag>[\\w.-]{1,80})';
const refused: NonNullable<Sign['summary']> = ({ part, program }) =>
  `${program} does not take the value of --${part('flag')}${part('why') === '' ? '' : `: ${part('why')}`}`;

/** A value that the flag does not take. What was given stays out of the summary, for it may be a secret. */
const usageSigns: readonly Sign[] = [
  {
    where: 'usage',
    pattern: new RegExp(`^flag needs an argument: ${flagText}$`),
    summary: missing,
  },
  {
    where: 'usage',
    pattern: new RegExp(
      `^invalid (?:boolean )?value ".{0,2000}" for (?:flag )?${flagText}: .{0,2000}$`,
    ),
    summary: refused,
  },
  {
    where: 'usage',
    pattern:
      /^could not parse ".{0,2000}" as .{1,60} value from environment variable "(?<variable>\w{1,80})" for flag /,
    summary: ({ part, program }) =>
      `${program} cannot read the value of the environment variable ${part('variable')}`,
    remedy: () => 'Correct the variable or remove it from the environment of the node.',
  },
  {
    where: 'usage',
    pattern: /^bad flag syntax: /,
    summary: () => 'a flag of the command line is not written as one',
    remedy: () => 'Write it with one or two hyphens and a name: --http.',
  },
  {
    where: 'usage',
    pattern: /^Cannot use two forms of the same flag: (?<names>[\w. -]{1,80})$/,
    summary: ({ part }) => `both names of one flag are used: ${part('names')}`,
    remedy: () => 'Use one of the names.',
  },
  {
    where: 'usage',
    pattern: /^unknown log format: /,
    summary: ({ program }) => `${program} does not take the value of --log.format`,
    remedy: () => 'Use terminal, logfmt or json.',
  },
];

function missing({ part }: { readonly part: (name: string) => string }): string {
  return `the flag --${part('flag')} has no value`;
}

/** Checks of single flags: cmd/utils/flags.go. */
const fatalSigns: readonly Sign[] = [
  {
    where: 'fatal',
    pattern: /^--(?<flag>gcmode|crypto\.kzg)(?: flag)? (?<why>must be .{1,80})$/,
    summary: refused,
  },
  {
    where: 'fatal',
    pattern: /^--(?<flag>syncmode|history\.chain): (?<why>.{1,200})$/,
    summary: refused,
  },
  {
    where: 'fatal',
    pattern: /^Option "?(?<flag>nat|netrestrict|nodekey|nodekeyhex)"?: /,
    summary: refused,
  },
  {
    where: 'fatal',
    pattern: /^Invalid choice for (?<flag>db\.engine) '.{0,200}', (?<why>allowed .{1,80})$/,
    summary: refused,
  },
  {
    where: 'fatal',
    pattern: /^(?:unknown|invalid) (?<flag>state) scheme /,
    summary: () => 'the value of --state.scheme is not a scheme',
    remedy: () => 'Use path or hash, or leave the flag out: the node then keeps to its data.',
  },
  { where: 'fatal', pattern: /^unknown (?<flag>db\.engine) /, summary: refused },
  { where: 'fatal', pattern: /^Invalid account in --(?<flag>txpool\.locals): /, summary: refused },
  {
    where: 'fatal',
    pattern: /^Invalid required block (?:entry|number|hash)\b/,
    summary: () => 'an entry of --eth.requiredblocks is not a block number and hash',
    remedy: () => 'Write it as NUMBER=HASH.',
  },
  {
    where: 'fatal',
    pattern: /^Invalid (?<flag>miner etherbase): /,
    summary: () => 'the value of --miner.etherbase is not an address',
  },
  { where: 'fatal', pattern: /^-(?<flag>miner\.pending\.feeRecipient): /, summary: refused },
  {
    where: 'fatal',
    pattern: /^(?:HTTP|WS|WebSocket) RPC path prefix "/,
    summary: () => 'a path prefix of --http.rpcprefix or --ws.rpcprefix is not a path',
    remedy: () => 'Begin it with "/".',
  },
];

export const valueCauses: readonly Cause[] = [
  {
    name: 'bad-value',
    class: 'never',
    meaning: 'A flag or its environment variable has a value that the node does not take.',
    remedy: 'Correct the value; the help of the node says what the flag takes.',
    signs: [...usageSigns, ...fatalSigns],
    examples: examplesOf(
      1,
      [
        'geth 1.17.5, Go flag',
        'Incorrect Usage: invalid value "abc" for flag -http.port: parse error',
      ],
      ['gwemix w0.10.9, Go flag', 'invalid boolean value "no" for -http: parse error'],
      ['geth 1.16.9, Go flag', 'flag needs an argument: -http.port'],
      [
        'geth 1.9.6, eth/downloader/modes.go',
        'invalid value "foo" for flag -syncmode: unknown sync mode "foo", want "full", "fast" or "light"',
      ],
      [
        'geth 1.13.15, urfave/cli v2',
        'could not parse "abc" as int value from environment variable "GETH_HTTP_PORT" for flag http.port: strconv.ParseInt: parsing "abc": invalid syntax',
      ],
      ['geth 1.17.5, Go flag', 'bad flag syntax: ---http'],
      ['geth 1.17.5, urfave/cli v2', 'Cannot use two forms of the same flag: H header'],
      ['geth 1.13.15, internal/debug/flags.go', 'unknown log format: xml'],
      ['gwemix w0.10.9, cmd/utils/flags.go', "Fatal: --gcmode must be either 'full' or 'archive'"],
      ['geth 1.16.9, cmd/utils/flags.go', "Fatal: --crypto.kzg flag must be 'gokzg' or 'ckzg'"],
      [
        'geth 1.16.9, eth/ethconfig/syncmode.go',
        'Fatal: --syncmode: unknown sync mode "fast", want "full" or "snap"',
      ],
      ['geth 1.17.5, cmd/utils/flags.go', 'Fatal: --history.chain: unknown history mode "some"'],
      [
        'geth 1.17.5, node/database.go',
        'Fatal: Failed to register the Ethereum service: unknown db.engine rocks',
      ],
      ['gwemix w0.10.9, cmd/utils/flags.go', 'Fatal: Invalid account in --txpool.locals: 0x12'],
      [
        'geth 1.17.5, cmd/utils/flags.go',
        'Fatal: -miner.pending.feeRecipient: invalid pending block producer address "x"',
      ],
      ['geth 1.17.5, cmd/utils/flags.go', 'Fatal: Option nat: unknown mechanism "x"'],
      [
        'geth 1.17.5, cmd/utils/flags.go',
        'Fatal: Option "netrestrict": invalid CIDR address: 10.0.0.0',
      ],
      [
        'geth 1.17.5, cmd/utils/flags.go',
        "Fatal: Invalid choice for db.engine 'rocks', allowed 'leveldb' or 'pebble'",
      ],
      [
        'geth 1.13.15, core/rawdb/accessors_trie.go',
        'Fatal: Failed to register the Ethereum service: invalid state scheme tree',
      ],
      [
        'geth 1.13.15, node/rpcstack.go',
        'Fatal: Error starting protocol stack: HTTP RPC path prefix "rpc" does not contain leading "/"',
      ],
      [
        'gwemix w0.10.9, cmd/utils/flags.go',
        'Fatal: Invalid miner etherbase: invalid account address or index "x"',
      ],
      ['geth 1.17.5, cmd/utils/flags.go', 'Fatal: Invalid required block entry: 12'],
    ),
  },
  {
    name: 'bad-config-file',
    class: 'never',
    meaning:
      'The file of --config cannot be read, is not TOML or has a key that this release does not know.',
    remedy: 'Correct the line. "dumpconfig" of the node prints the keys that its release knows.',
    signs: [
      {
        where: 'fatal',
        within: '',
        pattern:
          /^(?<file>[^\n]{1,1000}), line (?<line>\d{1,9}): field '(?<key>[^']{1,100})' is not defined in /,
        summary: ({ part, program }) =>
          `${program} does not know the key "${part('key')}" in line ${part('line')} of ${part('file')}`,
      },
      {
        where: 'fatal',
        within: '',
        pattern: /^(?<file>[^\n]{1,1000}), line (?<line>\d{1,9}): (?<why>.{1,500})$/,
        summary: ({ part }) =>
          `line ${part('line')} of ${part('file')} cannot be read: ${part('why')}`,
      },
      {
        where: 'fatal',
        within: '',
        pattern: /^open (?<file>.{1,1000}\.toml): no such file or directory$/,
        summary: ({ part }) => `the configuration file ${part('file')} does not exist`,
        remedy: () => 'Correct the path of --config.',
      },
      {
        where: 'fatal',
        within: '',
        pattern: /^(?!.{0,1000}\/chaindata\/)open (?<file>.{1,1000}): no such file or directory$/,
        summary: ({ part }) => `the file ${part('file')} does not exist`,
        remedy: () => 'Correct the path of --config, or of the other flag that names this file.',
        confidence: 'likely',
      },
    ],
    examples: examplesOf(
      1,
      [
        'geth 1.9.6, cmd/geth/config.go',
        "Fatal: /etc/geth.toml, line 3: field 'HttpPort' is not defined in node.Config, see https://godoc.org/github.com/ethereum/go-ethereum/node#Config for available fields",
      ],
      ['geth 1.16.9, cmd/geth/config.go', 'Fatal: /etc/geth.toml, line 1: invalid TOML syntax'],
      [
        'gwemix w0.10.9, cmd/geth/config.go',
        'Fatal: open /etc/gwemix.toml: no such file or directory',
      ],
    ),
  },
];
