import posix from 'path-browserify';
import { defaultFor, findFlag } from '../registry/look-up.ts';
import { isAtLeast } from '../registry/release.ts';
import { deriveDataDirectory } from './data-directory.ts';
import { httpListener, wsListener, type Listener } from './endpoints.ts';
import type { NodeConfiguration } from '../parse/read-configuration.ts';

/** A port the node will listen on. */
export interface NodePort {
  /** `p2p`, `discovery`, `http`, `ws`, `authrpc`, `metrics`, `pprof`, `graphql`, `etcd` (for the other members) or `etcd client`. */
  readonly name: string;
  readonly port: number;
  /** The address it binds; `0.0.0.0` stands for all interfaces. */
  readonly host: string;
  readonly protocol: 'tcp' | 'udp';
}

/** The flag that gives each of them its port, without dashes. */
export const portFlags: Readonly<Record<string, string>> = {
  p2p: 'port',
  discovery: 'discovery.port',
  http: 'http.port',
  ws: 'ws.port',
  authrpc: 'authrpc.port',
  metrics: 'metrics.port',
  pprof: 'pprof.port',
  graphql: 'graphql.port',
};

/**
 * The ports the node will listen on, as far as they are known before it runs: a port 0, which
 * the system chooses, is left out.
 */
export function deriveListeners(configuration: NodeConfiguration): readonly NodePort[] {
  return wantedListeners(configuration).filter(({ port }) => port > 0 && port <= 65_535);
}

/** Whatever the node will try to listen on, also where that cannot go well. */
export function wantedListeners(configuration: NodeConfiguration): readonly NodePort[] {
  const peers = peerToPeer(configuration);
  return [
    ...peers,
    ...served('http', httpListener(configuration)),
    ...served('ws', wsListener(configuration)),
    ...authenticated(configuration),
    ...metrics(configuration),
    ...profiling(configuration),
    ...graphql(configuration),
    ...etcd(configuration, peers),
  ];
}

const tcp = (name: string, host: string, port: number): NodePort => ({
  name,
  port,
  host,
  protocol: 'tcp',
});

const served = (name: string, listener: Listener | undefined): readonly NodePort[] =>
  listener === undefined ? [] : [tcp(name, listener.host, listener.port)];

/** The default of a numeric flag; undefined where it is not known for this program. */
function defaultNumber(
  { context: { target } }: NodeConfiguration,
  name: string,
): number | undefined {
  const flag = findFlag(name);
  const text = target.flavour === 'unknown' ? null : flag && defaultFor(flag, target);
  return typeof text === 'string' ? Number(text) : undefined;
}

/** With `--dev` there are no peers and nothing listens (1.10.3 on; on a port of the system's choice before). */
function peerToPeer(configuration: NodeConfiguration): readonly NodePort[] {
  const { flagValues, config } = configuration;
  if (flagValues.enabled('dev')) return [];
  const p2p = config.table('Node').table('P2P');
  const configured = addressOf(p2p.text('ListenAddr'));
  const port =
    flagValues.integer('port') ?? configured?.port ?? defaultNumber(configuration, 'port');
  if (port === undefined) return [];
  const host = flagValues.isSet('port') ? '0.0.0.0' : (configured?.host ?? '0.0.0.0');
  const isQuiet =
    (flagValues.isSet('nodiscover')
      ? flagValues.enabled('nodiscover')
      : p2p.enabled('NoDiscovery')) ?? false;
  const isOff =
    flagValues.isSet('discovery.v4') &&
    !flagValues.enabled('discovery.v4') &&
    !flagValues.enabled('discovery.v5');
  const listening = tcp('p2p', host, port);
  if (isQuiet || isOff) return [listening];
  const udp = flagValues.integer('discovery.port') ?? addressOf(p2p.text('DiscAddr'))?.port ?? port;
  return [listening, { name: 'discovery', port: udp, host, protocol: 'udp' }];
}

/**
 * A member of a WEMIX network listens on the two ports after the one by which the governance knows it, as long as it is that of
 * `--port` (etcdNewConfig in wemix/etcdutil.go @ w0.10.9). Only a member that joined the others has etcd's certificate in its data.
 */
function etcd(configuration: NodeConfiguration, peers: readonly NodePort[]): readonly NodePort[] {
  const { target, readFile } = configuration.context;
  const data = deriveDataDirectory(configuration);
  const port = peers.find(({ name }) => name === 'p2p')?.port ?? 0;
  if (target.flavour !== 'gwemix' || data.kind !== 'path' || port === 0) return [];
  try {
    readFile(posix.join(data.path, 'etcd/fixtures/peer/cert.pem'));
  } catch {
    return [];
  }
  return [tcp('etcd', '0.0.0.0', port + 1), tcp('etcd client', 'localhost', port + 2)];
}

/** Reads Go's `host:port`, where an empty host is every interface. */
function addressOf(text: string | undefined): { host: string; port: number } | undefined {
  const [, host, port] = /^(.*):(\d{1,5})$/.exec(text ?? '') ?? [];
  if (host === undefined) return undefined;
  return { host: host.replace(/^\[|\]$/g, '') || '0.0.0.0', port: Number(port) };
}

/**
 * Whether the node serves the Engine API: geth 1.10.21 and later, go-wbft and gstable always do (cmd/utils/flags.go @ v1.10.21), but
 * with `--dev` geth 1.13 and later drives its chain itself.
 */
export function servesEngineApi({ flagValues, context }: NodeConfiguration): boolean {
  const { flavour, version } = context.target;
  if (flavour !== 'geth') return flavour === 'go-wbft' || flavour === 'gstable';
  const isFrom = (release: string) => version === null || isAtLeast(version, release);
  return isFrom('1.10.21') && !(flagValues.enabled('dev') && isFrom('1.13.0'));
}

function authenticated(configuration: NodeConfiguration): readonly NodePort[] {
  if (!servesEngineApi(configuration)) return [];
  const { flagValues, config } = configuration;
  const node = config.table('Node');
  const port = flagValues.integer('authrpc.port') ?? node.integer('AuthPort') ?? 8551;
  return [
    tcp('authrpc', flagValues.text('authrpc.addr') ?? node.text('AuthAddr') ?? 'localhost', port),
  ];
}

/** Metrics have a server of their own only where an address is given; else they are on the pprof server. */
function metrics(configuration: NodeConfiguration): readonly NodePort[] {
  const { flagValues, config } = configuration;
  const table = config.table('Metrics');
  const isOn = flagValues.isSet('metrics')
    ? flagValues.enabled('metrics')
    : table.enabled('Enabled');
  const host = flagValues.text('metrics.addr') ?? table.text('HTTP') ?? '';
  if (isOn !== true || host === '') return [];
  const port = flagValues.integer('metrics.port') ?? table.integer('Port') ?? 6060;
  return [tcp('metrics', host, port)];
}

function profiling({ flagValues }: NodeConfiguration): readonly NodePort[] {
  if (!flagValues.enabled('pprof')) return [];
  const port = flagValues.integer('pprof.port') ?? 6060;
  return [tcp('pprof', flagValues.text('pprof.addr') ?? '127.0.0.1', port)];
}

/** Up to 1.9.18 GraphQL had a server of its own, later it is a path on the HTTP server. */
function graphql({ flagValues, context }: NodeConfiguration): readonly NodePort[] {
  const { flavour, version } = context.target;
  const hasServer = flavour === 'geth' && version !== null && !isAtLeast(version, '1.9.19');
  if (!hasServer || !flagValues.enabled('graphql')) return [];
  const port = flagValues.integer('graphql.port') ?? 8547;
  return [tcp('graphql', flagValues.text('graphql.addr') ?? '127.0.0.1', port)];
}
