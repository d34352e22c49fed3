import type { NodeVersion } from '@wemixvisor/passthrough';
import type { NodeFacts } from '@wemixvisor/passthrough/geth';
import type { Problem } from '../report/doctor-report.ts';
import { renderSize } from './size.ts';

/** The problems of a machine, each with its remedy. */
export function renderProblems(problems: readonly Problem[]): string {
  return problems
    .map(
      ({ check, severity, message, remedy }) => `${severity}: ${check}: ${message}\n  ${remedy}\n`,
    )
    .join('');
}

/** The facts of a node's command line, as a table. */
export function renderFacts(binary: string, node: NodeVersion, facts: NodeFacts): string {
  const { endpoints, dataDirectory, network, ports, minimumFreeDiskBytes: limit } = facts;
  const version = node.raw === '' ? '' : ` ${node.raw}`;
  const rows: readonly (readonly [string, string | null])[] = [
    ['Program', binary],
    ['Client', `${node.flavour}${version}`],
    ['Network', network],
    ['Data', dataDirectory],
    ['HTTP', addressOf(endpoints.http)],
    ['WebSocket', addressOf(endpoints.ws)],
    ['IPC', addressOf(endpoints.ipc)],
    ['Ports', ports.map(({ name, port, protocol }) => `${name} ${port}/${protocol}`).join(', ')],
    ['Disk limit', limit === null ? null : renderSize(limit)],
    ['Needs', needsOf(facts)],
  ];
  return rows
    .map(
      ([label, value]) =>
        `${`${label}:`.padEnd(12)} ${value === null || value === '' ? '-' : value}\n`,
    )
    .join('');
}

/** Since the merge these networks are followed only with a consensus client, which connects to the Engine API. */
function needsOf({ network, ports }: NodeFacts): string | null {
  const isMerged = ['mainnet', 'sepolia', 'holesky', 'hoodi'].includes(network ?? '');
  const engine = ports.find(({ name }) => isMerged && name === 'authrpc');
  return engine ? `a consensus client at ${engine.host}:${engine.port} (Engine API)` : null;
}

function addressOf(endpoint: NodeFacts['endpoints'][keyof NodeFacts['endpoints']]): string | null {
  if (endpoint === null) return null;
  return endpoint.kind === 'ipc' ? endpoint.path : endpoint.url;
}
