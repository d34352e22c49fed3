import posix from 'path-browserify';
import { defaultFor, findFlag } from '../registry/look-up.ts';
import type { DataDirectory } from './data-directory.ts';
import type { NodeConfiguration } from '../parse/read-configuration.ts';

/** Where a server of a node answers. */
export interface UrlEndpoint<Kind extends 'http' | 'ws'> {
  readonly kind: Kind;
  readonly url: string;
}

/** The Unix socket on which a node answers. */
export interface IpcEndpoint {
  readonly kind: 'ipc';
  readonly path: string;
}

/** What a server listens on; port 0 lets the system choose. */
export interface Listener {
  /** As geth binds it: `0.0.0.0` and `::` are all interfaces. */
  readonly host: string;
  readonly port: number;
  readonly pathPrefix: string;
}

/** The HTTP server, or undefined when it is off or its port is not known (setHTTP in cmd/utils/flags.go). */
export const httpListener = (configuration: NodeConfiguration): Listener | undefined =>
  listener(configuration, 'http');

/** The WebSocket server, or undefined when it is off or its port is not known (setWS in cmd/utils/flags.go). */
export const wsListener = (configuration: NodeConfiguration): Listener | undefined =>
  listener(configuration, 'ws');

const tomlPrefix = { http: 'HTTP', ws: 'WS' } as const;

/** The address that a server binds, or undefined when it is off. */
export function boundHost(
  { flagValues, config }: NodeConfiguration,
  server: 'http' | 'ws',
): string | undefined {
  const configured = config.table('Node').text(`${tomlPrefix[server]}Host`) ?? '';
  // An address alone does not enable the server, and `--http=false` does not disable one that the file enables.
  const host = flagValues.enabled(server)
    ? (flagValues.text(`${server}.addr`) ?? (configured || '127.0.0.1'))
    : configured;
  return host === '' ? undefined : host;
}

function listener(configuration: NodeConfiguration, server: 'http' | 'ws'): Listener | undefined {
  const { flagValues, config, context } = configuration;
  const node = config.table('Node');
  const prefix = tomlPrefix[server];
  const host = boundHost(configuration, server);
  const port =
    flagValues.integer(`${server}.port`) ??
    node.integer(`${prefix}Port`) ??
    defaultPort(server, context);
  if (host === undefined || port === undefined) return undefined;
  const pathPrefix =
    flagValues.text(`${server}.rpcprefix`) ?? node.text(`${prefix}PathPrefix`) ?? '';
  return { host, port, pathPrefix };
}

function defaultPort(
  name: 'http' | 'ws',
  { target }: NodeConfiguration['context'],
): number | undefined {
  // The defaults of go-wbft are not published, and an unknown program may have any.
  if (target.flavour === 'go-wbft' || target.flavour === 'unknown') return undefined;
  const flag = findFlag(`${name}.port`);
  const port = flag && defaultFor(flag, target);
  return typeof port === 'string' ? Number(port) : undefined;
}

/** The URL of a listener; null where the system chooses its port or the port is out of range. */
export function endpointOf<Kind extends 'http' | 'ws'>(
  kind: Kind,
  listener: Listener | undefined,
): UrlEndpoint<Kind> | null {
  if (listener === undefined || listener.port < 1 || listener.port > 65_535) return null;
  const { port, pathPrefix } = listener;
  const host = connectHost(listener.host);
  const authority = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const path = /^\/[^?#]*$/.test(pathPrefix) ? pathPrefix : '';
  return { kind, url: `${kind}://${authority}${path}` };
}

/** The host to connect to: a server on all interfaces is reached over loopback. */
function connectHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

/**
 * The IPC socket, or null when it is off or not known: a bare name goes into the data directory, without one into the
 * temporary directory; a path with a slash is used as it is (IPCEndpoint in node/config.go, all releases).
 */
export function ipcEndpoint(
  { flagValues, config, context }: NodeConfiguration,
  dataDirectory: DataDirectory,
): IpcEndpoint | null {
  if (flagValues.enabled('ipcdisable')) return null;
  const path =
    flagValues.text('ipcpath') ?? config.table('Node').text('IPCPath') ?? defaultName(context);
  if (path === undefined || path === '') return null;
  if (path.includes('/')) return { kind: 'ipc', path: posix.resolve(context.cwd, path) };
  if (dataDirectory.kind === 'unknown') return null;
  const folder = dataDirectory.kind === 'path' ? dataDirectory.path : context.temporaryDirectory;
  return { kind: 'ipc', path: posix.join(folder, path) };
}

function defaultName({ target }: NodeConfiguration['context']): string | undefined {
  if (target.flavour === 'unknown') return undefined;
  return `${target.flavour === 'go-wbft' ? 'gwemix' : target.flavour}.ipc`;
}
