import { boundHost, ipcEndpoint } from '../derive/endpoints.ts';
import { deriveDataDirectory } from '../derive/data-directory.ts';
import { deriveListeners, portFlags, type NodePort } from '../derive/listeners.ts';
import type { NodeConfiguration } from '../parse/read-configuration.ts';
import { isAtLeast } from '../registry/release.ts';
import type { Found, Rule } from './finding.ts';

/** Finds two servers of the node on one port: the later one cannot listen. */
export const portClashes: Rule = (configuration) => {
  const listeners = deriveListeners(configuration);
  return listeners.flatMap((later, index) => {
    const earlier = listeners.slice(0, index).find((other) => collide(other, later));
    return earlier === undefined ? [] : [clash(configuration, earlier, later)];
  });
};

function collide(a: NodePort, b: NodePort): boolean {
  if (a.port !== b.port || a.protocol !== b.protocol) return false;
  // HTTP and WebSocket become one server where host and port agree, and are refused where only the port does.
  if (a.name === 'http' && b.name === 'ws') return a.host !== b.host;
  return loopback(a.host) === loopback(b.host) || isEverywhere(a.host) || isEverywhere(b.host);
}

const loopback = (host: string) => (host === 'localhost' ? '127.0.0.1' : host);
const isEverywhere = (host: string) => host === '0.0.0.0' || host === '::';

function clash({ parsed }: NodeConfiguration, earlier: NodePort, later: NodePort): Found {
  // geth only logs that it cannot serve metrics or profiles, and gwemix that its etcd does not start.
  const isFatal = !['metrics', 'pprof', 'etcd', 'etcd client'].includes(later.name);
  const last = parsed.flags.findLast(({ name }) =>
    [portFlags[earlier.name], portFlags[later.name]].includes(name),
  );
  return {
    code: 'port-clash',
    severity: isFatal ? 'error' : 'warning',
    position: last?.valuePosition ?? null,
    message: `${earlier.name} (${earlier.host}) and ${later.name} (${later.host}) both want ${later.protocol} port ${later.port}.`,
    remedy: `Give one of them another port with --${portFlags[later.name] ?? portFlags[earlier.name]}.`,
  };
}

const serverFlags = /^(http|ws)\.(?:addr|port|api|corsdomain|origins|vhosts|rpcprefix)$/;

/** Finds flags of a server that is off; an address or port alone does not switch it on. */
export const idleServerFlags: Rule = (configuration) => {
  const off = (['http', 'ws'] as const).filter(
    (server) => boundHost(configuration, server) === undefined,
  );
  return configuration.parsed.flags.flatMap(({ name, flag, typed, position }) => {
    const owner = serverFlags.exec(flag?.replacement ?? name)?.[1];
    const server = off.find((candidate) => candidate === owner);
    if (server === undefined || position === null) return [];
    return [
      {
        code: 'no-effect',
        severity: 'warning',
        position,
        message: `${typed} does nothing: the ${server.toUpperCase()} server is off.`,
        remedy: `Add --${server}, or remove ${typed}.`,
      },
    ];
  });
};

/** The kernel keeps a socket's path in a field of 108 bytes on Linux and 104 on macOS, its final NUL included. */
const longestSocketPath = { linux: 107, darwin: 103 };

/** Finds an IPC path that does not fit into a socket address, which ends the start. */
export const longIpcPath: Rule = (configuration) => {
  const endpoint = ipcEndpoint(configuration, deriveDataDirectory(configuration));
  if (endpoint?.kind !== 'ipc') return [];
  const length = Buffer.byteLength(endpoint.path);
  const limit = longestSocketPath[configuration.context.platform];
  if (length <= limit) return [];
  const named = configuration.parsed.flags.findLast(
    ({ name }) => name === 'ipcpath' || name === 'datadir',
  );
  return [
    {
      code: 'ipc-path-too-long',
      severity: 'error',
      position: named?.valuePosition ?? null,
      message: `The IPC path would have ${length} bytes; the system allows ${limit}.`,
      remedy: 'Give a shorter --ipcpath with a slash in it, a shorter --datadir, or --ipcdisable.',
    },
  ];
};

/** Finds unlocked accounts on a node that serves HTTP or WebSocket, which ends the start (up to geth 1.14.11, and gwemix). */
export const unlockOverHttp: Rule = (configuration) => {
  const { parsed, flagValues, context } = configuration;
  const { flavour, version } = context.target;
  const refuses =
    flavour === 'gwemix' ||
    (flavour === 'geth' && version !== null && !isAtLeast(version, '1.14.12'));
  const isOpen = (['http', 'ws'] as const).some(
    (server) => boundHost(configuration, server) !== undefined,
  );
  const isUnlocked = /[^\s,]/.test(flagValues.text('unlock') ?? '');
  if (!refuses || !isOpen || !isUnlocked || flagValues.enabled('allow-insecure-unlock')) return [];
  const unlock = parsed.flags.findLast(({ name }) => name === 'unlock');
  return [
    {
      code: 'unlock-over-http',
      severity: 'error',
      position: unlock?.position ?? null,
      message: 'The node refuses to unlock accounts while it serves HTTP or WebSocket.',
      remedy: 'Remove --unlock, or close both servers and use IPC.',
    },
  ];
};
