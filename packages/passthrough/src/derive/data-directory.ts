import posix from 'path-browserify';
import { isAtLeast } from '../registry/release.ts';
import type { NodeConfiguration } from '../parse/read-configuration.ts';

/** The sub-folder that each network switch adds to the default base (SetDataDir in cmd/utils/flags.go). */
const networkFolders: readonly (readonly [flag: string, folder: string])[] = [
  ['ropsten', 'ropsten'],
  ['rinkeby', 'rinkeby'],
  ['goerli', 'goerli'],
  ['sepolia', 'sepolia'],
  ['kiln', 'kiln'],
  ['holesky', 'holesky'],
  ['hoodi', 'hoodi'],
  ['calaveras', 'calaveras'],
  ['yolov1', 'yolo-v1'],
  ['yolov2', 'yolo-v2'],
  ['yolov3', 'yolo-v3'],
];

/**
 * The absolute path of the node's data; `none` when all is in memory (`--dev`), `unknown` where it cannot be derived.
 * A network switch adds its folder only to the default base, never to a directory that was given.
 */
export type DataDirectory =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** Derives the data directory (node/defaults.go and SetDataDir in cmd/utils/flags.go @ v1.17.5, w0.10.9). */
export function deriveDataDirectory(configuration: NodeConfiguration): DataDirectory {
  const { flagValues, config, context } = configuration;
  const given = flagValues.text('datadir');
  if (given !== undefined) return { kind: 'path', path: posix.resolve(context.cwd, given) };
  if (flagValues.enabled('dev')) return { kind: 'none' };
  const base = defaultBase(configuration);
  const configured = config.table('Node').text('DataDir');
  if (configured === '') return { kind: 'none' };
  if (configured !== undefined && configured !== base) {
    return { kind: 'path', path: posix.resolve(context.cwd, configured) };
  }
  if (base === undefined) return { kind: 'unknown' };
  return { kind: 'path', path: posix.join(base, networkFolder(configuration)) };
}

function defaultBase({ context }: NodeConfiguration): string | undefined {
  const { env, homeDirectory, platform, target } = context;
  const home = env['HOME'] || homeDirectory;
  // The default of go-wbft is not known; an unknown program may keep its data anywhere.
  if (home === '' || target.flavour === 'go-wbft' || target.flavour === 'unknown') return undefined;
  // gwemix has a folder of its own on Linux only (node/defaults.go @ w0.10.9).
  if (platform === 'darwin') return posix.join(home, 'Library', 'Ethereum');
  return posix.join(home, target.flavour === 'gwemix' ? '.wemix' : '.ethereum');
}

function networkFolder({ flagValues, context }: NodeConfiguration): string {
  if (context.target.flavour === 'gwemix') return '';
  // Up to 1.9.12 `--testnet` was not yet the old name of `--ropsten`.
  const { version } = context.target;
  const isOwnNetwork = version !== null && !isAtLeast(version, '1.9.13');
  if (isOwnNetwork && flagValues.enabled('testnet')) return 'testnet';
  return networkFolders.find(([flag]) => flagValues.enabled(flag))?.[1] ?? '';
}
