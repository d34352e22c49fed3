import { examplesOf, type Cause } from '../cause.ts';

/** Command lines that the node refuses: urfave/cli, and cmd/utils/flags.go of geth. */
export const commandLineCauses: readonly Cause[] = [
  {
    name: 'unknown-flag',
    class: 'never',
    meaning: 'The node does not know a flag of its command line.',
    remedy:
      'Remove the flag, or look for its present name: wemixvisor doctor -- <your arguments>, or the release notes of the node.',
    signs: [
      {
        where: 'usage',
        pattern: /^flag provided but not defined: -{1,2}(?<flag>\S{1,200})$/,
        summary: ({ part, program }) => `${program} does not know the flag --${part('flag')}`,
      },
    ],
    examples: examplesOf(
      1,
      ['geth 1.9.6, urfave/cli v1', 'Incorrect Usage. flag provided but not defined: -metricz'],
      ['geth 1.12.1, urfave/cli v2', 'Incorrect Usage: flag provided but not defined: -metricz'],
      ['geth 1.17.5, urfave/cli v2', 'flag provided but not defined: -mine'],
      ['gwemix w0.10.9, urfave/cli v1', 'flag provided but not defined: -http.prot'],
    ),
  },
  {
    name: 'stray-word',
    class: 'never',
    meaning: 'The command line has a word that is neither a flag nor a command.',
    remedy: 'Remove the word. A switch takes its value behind "=": --http=false, not --http false.',
    signs: [
      {
        where: 'usage',
        pattern: /^invalid command: "(?<word>.{0,200})"$/,
        summary: ({ part, program }) => `${program} has no command "${part('word')}"`,
      },
      {
        where: 'usage',
        pattern: /^No help topic for '(?<word>.{0,200})'$/,
        summary: ({ part, program }) => `${program} has no command "${part('word')}"`,
      },
    ],
    examples: [
      ...examplesOf(
        1,
        ['geth 1.17.5, cmd/geth/main.go', 'invalid command: "false"'],
        ['gwemix w0.10.9, cmd/geth/main.go', 'invalid command: "strat"'],
      ),
      ...examplesOf(3, ['geth 1.16.9, urfave/cli v2', "No help topic for 'nosuch'"]),
    ],
  },
  {
    name: 'exclusive-flags',
    class: 'never',
    meaning: 'Two or more flags of the command line exclude each other.',
    remedy:
      'Keep one of them. It counts whether a flag is given, not its value: leave the others out.',
    signs: [
      {
        where: 'usage',
        pattern: /^Flags (?<flags>.{1,300}) can't be used at the same time$/,
        summary: ({ part }) => `the flags ${part('flags')} exclude each other`,
      },
      {
        where: 'fatal',
        pattern: /^Flags (?<flags>.{1,300}) can't be used at the same time$/,
        summary: ({ part }) => `the flags ${part('flags')} exclude each other`,
      },
      {
        where: 'fatal',
        pattern:
          /^Options "(?<one>[a-z.]{1,60})" and "(?<other>[a-z.]{1,60})" are mutually exclusive$/,
        summary: ({ part }) =>
          `the flags --${part('one')} and --${part('other')} exclude each other`,
      },
      {
        where: 'fatal',
        pattern: /^Flags (?<flags>.{1,300}) are only available for influxdb-(?<version>v[12])$/,
        summary: ({ part }) =>
          `the flags ${part('flags')} are for version ${part('version')} of InfluxDB, the other version is switched on`,
      },
    ],
    examples: examplesOf(
      1,
      [
        'geth 1.9.6, cmd/utils/flags.go',
        "Fatal: Flags --dev, --rinkeby can't be used at the same time",
      ],
      [
        'geth 1.17.5, internal/flags/helpers.go',
        "Flags --dev, --hoodi can't be used at the same time",
      ],
      [
        'gwemix w0.10.9, cmd/utils/flags.go',
        "Fatal: Flags --ipcdisable, --ipcpath can't be used at the same time",
      ],
      [
        'geth 1.17.5, cmd/utils/flags.go',
        'Fatal: Options "nodekey" and "nodekeyhex" are mutually exclusive',
      ],
      [
        'geth 1.17.5, cmd/geth/config.go',
        'Fatal: Flags --metrics.influxdb.username, --metrics.influxdb.password are only available for influxdb-v1',
      ],
    ),
  },
];
