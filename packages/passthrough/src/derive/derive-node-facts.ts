import posix from 'path-browserify';
import { deriveDataDirectory, type DataDirectory } from './data-directory.ts';
import {
  endpointOf,
  httpListener,
  ipcEndpoint,
  wsListener,
  type IpcEndpoint,
  type UrlEndpoint,
} from './endpoints.ts';
import { deriveFiles, type NodeFile } from './files.ts';
import { deriveFolders } from './folders.ts';
import { deriveListeners, type NodePort } from './listeners.ts';
import { deriveCache, deriveMinimumFreeDisk } from './minimum-free-disk.ts';
import { deriveNetwork } from './network.ts';
import { readConfiguration, type NodeConfiguration } from '../parse/read-configuration.ts';
import type { ReadingContext } from '../parse/reading-context.ts';
import type { Flavour } from '../node-version.ts';
import { isAtLeast } from '../registry/release.ts';

/** Facts about a node, derived from its command line, environment and TOML file. */
export interface NodeFacts {
  /** Where the node can be asked, each null where it is off. */
  readonly endpoints: {
    readonly http: UrlEndpoint<'http'> | null;
    readonly ws: UrlEndpoint<'ws'> | null;
    readonly ipc: IpcEndpoint | null;
  };
  /** The endpoint for health checks, as `createMonitor` of @wemixvisor/health takes it: HTTP if it is on, else IPC, else null. */
  readonly endpoint: UrlEndpoint<'http'> | IpcEndpoint | null;
  /** Absolute; null when all is in memory or it cannot be derived. */
  readonly dataDirectory: string | null;
  /** The folders outside of it that the node writes to, absolute: old blocks, keys, its log, its socket. */
  readonly folders: readonly string[];
  /** The folder in it that holds the database and the lock: `geth`, for gwemix too. */
  readonly instanceDirectory: string | null;
  /** What `--db.engine` or the TOML file asks for; null where the node takes the one that is there. */
  readonly databaseEngine: 'leveldb' | 'pebble' | null;
  /** What `--state.scheme` or the TOML file asks for; null where the node goes on as it is, or keeps its old blocks in a folder that was named. */
  readonly stateScheme: 'hash' | 'path' | null;
  /** The engines whose databases this release opens; null where that is not known. */
  readonly databaseEngines: readonly ('leveldb' | 'pebble')[] | null;
  /** The schemes by which this release reads a state; null where that is not known. */
  readonly stateSchemes: readonly ('hash' | 'path')[] | null;
  /** The newest format of the old blocks' metadata that this release reads, as geth counts them; null where that is not known. */
  readonly freezerFormat: 1 | 2 | null;
  /** `mainnet`, `sepolia`, `dev`, `wemix-testnet`, `network 1001`, …; null when it cannot be derived. */
  readonly network: string | null;
  /** The ports that it listens on. */
  readonly ports: readonly NodePort[];
  /** The most peers that it takes, 0 with `--dev`; null where nothing says it. */
  readonly maximumPeers: number | null;
  /** Below this much free space the node stops itself, in bytes; 0 when it never does, null when that is not known. */
  readonly minimumFreeDiskBytes: number | null;
  /** Bytes of its cache, which geth cuts to a third of the machine's memory; null when they are not known. */
  readonly cacheBytes: number | null;
  /** The files that its arguments name. */
  readonly files: readonly NodeFile[];
}

/**
 * Derives from a node's own command line what a supervisor needs to know about it. Never throws; what is not known is
 * null. Without a flavour no program's defaults count, only the arguments.
 *
 * @example
 * deriveNodeFacts(['--http', '--http.port', '9545'], { flavour: 'geth' }).endpoint;
 * // { kind: 'http', url: 'http://127.0.0.1:9545' }
 */
export function deriveNodeFacts(argv: readonly string[], context?: ReadingContext): NodeFacts {
  const configuration = readConfiguration(argv, context);
  const dataDirectory = deriveDataDirectory(configuration);
  const http = endpointOf('http', httpListener(configuration));
  const ipc = ipcEndpoint(configuration, dataDirectory);
  const path = dataDirectory.kind === 'path' ? dataDirectory.path : null;
  return {
    endpoints: { http, ws: endpointOf('ws', wsListener(configuration)), ipc },
    endpoint: http ?? ipc,
    dataDirectory: path,
    folders: deriveFolders(configuration, ipc, path),
    instanceDirectory: instanceDirectory(dataDirectory, configuration.context.target.flavour),
    databaseEngine: databaseEngine(configuration),
    stateScheme: stateScheme(configuration),
    ...readableFormats(configuration),
    network: deriveNetwork(configuration),
    ports: deriveListeners(configuration),
    maximumPeers: maximumPeers(configuration),
    minimumFreeDiskBytes: deriveMinimumFreeDisk(configuration),
    cacheBytes: deriveCache(configuration),
    files: deriveFiles(configuration),
  };
}

/** `--dev` takes none, whatever else is said (SetP2PConfig in cmd/utils/flags.go @ v1.9.0, w0.10.9 and v1.17.5). */
function maximumPeers({ flagValues, config }: NodeConfiguration): number | null {
  if (flagValues.enabled('dev')) return 0;
  return (
    flagValues.integer('maxpeers') ?? config.table('Node').table('P2P').integer('MaxPeers') ?? null
  );
}

function databaseEngine({ flagValues, config }: NodeConfiguration): NodeFacts['databaseEngine'] {
  const asked = flagValues.text('db.engine') ?? config.table('Node').text('DBEngine');
  return asked === 'leveldb' || asked === 'pebble' ? asked : null;
}

function stateScheme({ flagValues, config }: NodeConfiguration): NodeFacts['stateScheme'] {
  const eth = config.table('Eth');
  const elsewhere = flagValues.text('datadir.ancient') ?? eth.text('DatabaseFreezer') ?? '';
  const asked = flagValues.text('state.scheme') ?? eth.text('StateScheme');
  return elsewhere === '' && (asked === 'hash' || asked === 'path') ? asked : null;
}

type ReadableFormats = Pick<NodeFacts, 'databaseEngines' | 'stateSchemes' | 'freezerFormat'>;

/**
 * What a data directory may hold for this release: Pebble from 1.11.0 on (ethdb/pebble), the path scheme from 1.13.0 on
 * (`--state.scheme`), and metadata of old blocks from 1.10.17 on, with one field more from 1.15.0 on (core/rawdb/freezer_meta.go).
 */
function readableFormats({ context }: NodeConfiguration): ReadableFormats {
  const { flavour, version } = context.target;
  if (flavour !== 'geth' || version === null) {
    return { databaseEngines: null, stateSchemes: null, freezerFormat: null };
  }
  const from = (release: string) => isAtLeast(version, release);
  return {
    databaseEngines: from('1.11.0') ? ['leveldb', 'pebble'] : ['leveldb'],
    stateSchemes: from('1.13.0') ? ['hash', 'path'] : ['hash'],
    freezerFormat: from('1.15.0') ? 2 : from('1.10.17') ? 1 : null,
  };
}

/** Whatever the executable is called: `geth`, for gwemix too (node/config.go @ v1.17.5, w0.10.9), `gstable` for that; of go-wbft it is not known. */
function instanceDirectory(dataDirectory: DataDirectory, flavour: Flavour): string | null {
  if (dataDirectory.kind !== 'path' || flavour === 'go-wbft' || flavour === 'unknown') return null;
  return posix.join(dataDirectory.path, flavour === 'gstable' ? 'gstable' : 'geth');
}
