import { parseEndpoint, type RpcEndpoint } from '@wemixvisor/health';
import { redactSecrets, redactText, type NodeVersion } from '@wemixvisor/passthrough';
import { deriveNodeFacts, type NodeFacts } from '@wemixvisor/passthrough/geth';
import { machineContext } from '@wemixvisor/passthrough/geth/node';
import type { Settings } from '../settings/settings.ts';
import type { Launch } from '../state/launch.ts';
import { programVersion } from '../report/program-version.ts';
import type { LaunchFacts } from '../report/status-report.ts';

/** What the node's own command line tells: where it answers, where its data lies, what may be shown of it. */
export interface LaunchDescription {
  readonly facts: NodeFacts;
  /** The node's program, as it says itself. */
  readonly program: NodeVersion;
  /** Where health asks; null watches the process alone. */
  readonly endpoint: RpcEndpoint | null;
  /** Where a member of a WEMIX network tells of it: its socket, as HTTP does not offer `admin` by default. Null for other programs. */
  readonly memberEndpoint: RpcEndpoint | null;
  /** What status shows; secrets are redacted. */
  readonly shown: LaunchFacts;
}

/** How a launch is read. */
export interface LaunchReading extends Pick<Settings, 'rpcUrl' | 'rpcHeaders'> {
  readonly platform: 'linux' | 'darwin';
}

/**
 * Reads a launch as geth would. `rpcUrl` overrides what the arguments say.
 *
 * @throws HealthError `BAD_ENDPOINT` for an `rpcUrl` that is neither a URL nor a path.
 */
export function describeLaunch(
  launch: Launch,
  { rpcUrl, rpcHeaders, platform }: LaunchReading,
): LaunchDescription {
  const facts = deriveNodeFacts(launch.args, {
    ...launch.node,
    env: launch.env,
    cwd: launch.cwd,
    platform,
    homeDirectory: launch.env['HOME'] ?? '/',
    temporaryDirectory: launch.env['TMPDIR'] ?? '/tmp',
    readFile: machineContext().readFile,
  });
  const endpoint =
    rpcUrl === null
      ? facts.endpoint
      : parseEndpoint(rpcUrl, Object.fromEntries(rpcHeaders.map(headerOf)));
  return {
    facts,
    program: launch.node,
    endpoint,
    memberEndpoint: launch.node.flavour === 'gwemix' ? (facts.endpoints.ipc ?? endpoint) : null,
    shown: {
      binary: launch.file,
      args: redactSecrets(launch.args),
      environment: Object.keys(launch.env).toSorted().map(redactText),
      endpoint: endpoint === null ? null : shownEndpoint(endpoint),
      endpointSource: endpoint === null ? null : rpcUrl === null ? 'arguments' : 'rpc_url',
      network: facts.network,
      version: programVersion(launch.node),
    },
  };
}

/** A launch as the node gets it: with the variables that tell it of its supervisor, unless the operator set them. */
export function completeLaunch(launch: Launch, home: string, reading: LaunchReading): Launch {
  const { network } = describeLaunch(launch, reading).facts;
  const told = { WEMIX_HOME: home, WEMIX_NETWORK: network ?? 'mainnet' };
  return { ...launch, env: { ...told, ...launch.env } };
}

/** A header as it is configured, `Name: value`. */
function headerOf(line: string): readonly [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

function shownEndpoint(endpoint: RpcEndpoint): string {
  return endpoint.kind === 'http' ? redactText(endpoint.url) : endpoint.path;
}
