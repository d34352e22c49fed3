import type { ParsedFlag } from '../parse/parsed-arguments.ts';
import type { Target } from '../registry/look-up.ts';
import { compareVersions, isAtLeast } from '../registry/release.ts';
import type { Found, Rule } from './finding.ts';

interface ExclusiveGroup {
  /** A name, or a name and the value that makes it count. */
  readonly flags: readonly (string | readonly [name: string, value: string])[];
  readonly since?: string;
  readonly until?: string;
  /** True where gwemix w0.10.9, a fork of geth 1.10, has the rule too. */
  readonly gwemix?: true;
}

const networks = [
  'mainnet',
  'ropsten',
  'testnet',
  'rinkeby',
  'goerli',
  'sepolia',
  'kiln',
  'holesky',
  'hoodi',
];
const oldNetworks = ['calaveras', 'yolov1', 'yolov2', 'yolov3', 'wemix-testnet'];

/** CheckExclusive in cmd/utils/flags.go: a flag counts when it was set, whatever to (`--ipcdisable=false` too). */
const groups: readonly ExclusiveGroup[] = [
  { flags: ['dev', ...networks, ...oldNetworks], until: '1.16.5', gwemix: true },
  { flags: ['dev', ...networks, 'override.genesis'], since: '1.16.6' },
  { flags: ['dev', 'signer'], gwemix: true },
  { flags: ['ipcdisable', 'ipcpath'], gwemix: true },
  { flags: ['nodekey', 'nodekeyhex'], gwemix: true },
  { flags: ['discovery.v4', 'nodiscover'], since: '1.12.1' },
  { flags: ['discovery.v5', 'nodiscover'], since: '1.12.1' },
  { flags: ['light.serve', ['syncmode', 'light']], until: '1.13.5', gwemix: true },
  { flags: ['metrics.influxdb', 'metrics.influxdbv2'], since: '1.10.8', gwemix: true },
];

/** Finds flags that the node refuses together. */
export const exclusiveFlags: Rule = ({ parsed, context: { target } }) =>
  groups
    .filter((group) => applies(group, target))
    .flatMap(({ flags }) => clash(flags, parsed.flags));

function applies({ since, until, gwemix }: ExclusiveGroup, { flavour, version }: Target): boolean {
  if (flavour === 'gwemix') return gwemix === true;
  if (flavour !== 'geth' || version === null) return until === undefined;
  const hasBegun = since === undefined || isAtLeast(version, since);
  return hasBegun && (until === undefined || compareVersions(version, until) <= 0);
}

function clash(group: ExclusiveGroup['flags'], given: readonly ParsedFlag[]): readonly Found[] {
  const met = group.flatMap((entry) => {
    const [name, value] = typeof entry === 'string' ? [entry] : entry;
    const last = given.findLast((flag) => flag.name === name);
    return last === undefined || (value !== undefined && last.value !== value) ? [] : [last];
  });
  if (met.length < 2) return [];
  const last = met.toSorted((a, b) => (a.position ?? -1) - (b.position ?? -1)).at(-1);
  const names = met.map(({ typed }) => typed).join(', ');
  return [
    {
      code: 'exclusive-flags',
      severity: 'error',
      position: last?.position ?? null,
      message: `The node refuses ${names} together, whatever their values.`,
      remedy: 'Keep one of them.',
    },
  ];
}
