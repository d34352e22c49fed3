import { defaultFor, findFlag, kindFor, type Target } from '../registry/look-up.ts';
import { isAtLeast } from '../registry/release.ts';
import { parseGoInteger } from '../values/go-values.ts';
import type { NodeConfiguration } from '../parse/read-configuration.ts';

const mebibyte = 1024 * 1024;

/** Networks that keep the ordinary cache (prepare in cmd/geth/main.go @ v1.16.9, w0.10.9). */
const smallNetworks = [
  'ropsten',
  'rinkeby',
  'goerli',
  'sepolia',
  'kiln',
  'holesky',
  'hoodi',
  'dev',
];

/**
 * The free space in bytes below which the node stops itself with status 0: `--datadir.minfreedisk`, else what the cache
 * needs, else 256 or 512 MiB (StartNode in cmd/utils/cmd.go @ v1.17.5). 0 means it never does, null that it is not known.
 */
export function deriveMinimumFreeDisk(configuration: NodeConfiguration): number | null {
  const { flagValues, context } = configuration;
  const { target } = context;
  if (target.flavour === 'unknown') return null;
  if (target.flavour === 'geth' && isBefore(target, '1.10.0')) return 0;
  if (flagValues.isSet('datadir.minfreedisk')) {
    return givenLimit(flagValues.text('datadir.minfreedisk') ?? '', target);
  }
  // The limit grew from the size of one cache flush to two in 1.10.18, which gwemix has too.
  const flushes = target.flavour === 'geth' && isBefore(target, '1.10.18') ? 1 : 2;
  const cache = cacheMegabytes(configuration);
  if (cache === undefined && !flagValues.isSet('cache.gc')) return flushes * 256 * mebibyte;
  const size = cache ?? defaultNumber('cache', target);
  const share = flagValues.integer('cache.gc') ?? defaultNumber('cache.gc', target);
  return Math.floor((flushes * size * share) / 100) * mebibyte;
}

/** Whether geth can read a value of `--datadir.minfreedisk`; up to 1.16 any other value counts as 0. */
export const isFreeDiskLimit = (text: string): boolean =>
  /^\d/.test(text) && parseGoInteger(text) !== undefined;

function givenLimit(text: string, target: Target): number | null {
  if (isFreeDiskLimit(text)) return Number(parseGoInteger(text)) * mebibyte;
  const flag = findFlag('datadir.minfreedisk');
  return flag !== undefined && kindFor(flag, target) === 'path' ? 0 : null;
}

/** Bytes of the node's cache, before it is cut to what the machine has; null where they are not known. */
export function deriveCache(configuration: NodeConfiguration): number | null {
  const { target } = configuration.context;
  if (target.flavour === 'unknown') return null;
  return (cacheMegabytes(configuration) ?? defaultNumber('cache', target)) * mebibyte;
}

/** The cache size in megabytes where it counts as set: by the flag, or raised on the main network, or lowered for a light client. */
function cacheMegabytes({
  flagValues,
  context: { target },
}: NodeConfiguration): number | undefined {
  if (flagValues.isSet('cache')) return flagValues.integer('cache');
  if (flagValues.text('syncmode') === 'light') return 128;
  if (
    target.flavour === 'geth' &&
    (target.version === null || isAtLeast(target.version, '1.17.2'))
  ) {
    return undefined;
  }
  const isMain = !['networkid', ...smallNetworks].some((name) => flagValues.isSet(name));
  return isMain ? 4096 : undefined;
}

function defaultNumber(name: string, target: Target): number {
  const flag = findFlag(name);
  return Number((flag && defaultFor(flag, target)) ?? 0);
}

const isBefore = ({ version }: Target, release: string) =>
  version !== null && !isAtLeast(version, release);
