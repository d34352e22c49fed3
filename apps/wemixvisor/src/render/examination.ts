import type { NodeVersion } from '@wemixvisor/passthrough';
import type { NodeFacts } from '@wemixvisor/passthrough/geth';

/** A problem of the machine, as the examination found it. */
interface ShownProblem {
  readonly check: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly remedy: string;
}

/** The problems of a machine, each with its remedy. */
export function renderProblems(problems: readonly ShownProblem[]): string {
  return problems
    .map(
      ({ check, severity, message, remedy }) => `${severity}: ${check}: ${message}\n  ${remedy}\n`,
    )
    .join('');
}

/** The facts of a node's command line, as a table. */
export function renderFacts(binary: string, node: NodeVersion, facts: NodeFacts): string {
  const { endpoints, dataDirectory, network, ports, minimumFreeDiskBytes } = facts;
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
    [
      'Disk limit',
      minimumFreeDiskBytes === null ? null : `${Math.floor(minimumFreeDiskBytes / 1024 ** 2)} MiB`,
    ],
  ];
  return rows
    .map(
      ([label, value]) =>
        `${`${label}:`.padEnd(12)} ${value === null || value === '' ? '-' : value}\n`,
    )
    .join('');
}

function addressOf(endpoint: NodeFacts['endpoint']): string | null {
  if (endpoint === null) return null;
  return endpoint.kind === 'ipc' ? endpoint.path : endpoint.url;
}
