import type { NodeVersion } from '@wemixvisor/passthrough';
import type { NodeFacts, validate } from '@wemixvisor/passthrough/geth';
import { programVersion } from './program-version.ts';

type Finding = ReturnType<typeof validate>[number];

/** What was found about the machine, the network or the program, by which check. */
export interface Problem {
  readonly check: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly remedy: string;
}

/** What `doctor --json` prints: version 1 of its shape. */
export interface DoctorReport {
  readonly schema: 1;
  /** False where something would prevent the start. */
  readonly would_start: boolean;
  /** The node that runs already. */
  readonly pid: number | null;
  readonly program: string;
  readonly flavour: NodeVersion['flavour'];
  readonly version: string | null;
  readonly network: string | null;
  readonly data_directory: string | null;
  readonly endpoints: Readonly<Record<'http' | 'ws' | 'ipc', string | null>>;
  readonly ports: NodeFacts['ports'];
  readonly minimum_free_disk_bytes: number | null;
  /** About the command line; `position` counts the node's arguments from 0. */
  readonly findings: readonly Omit<Finding, 'fix'>[];
  /** The stops of the node that its home knows of, of the last ones, and how long a stop may take; null where nothing is killed. */
  readonly stops: {
    readonly observed: number;
    readonly longest_seconds: number | null;
    readonly at_most_seconds: number | null;
  };
  /** About the machine, the network that the node is a member of, and hard forks that the program does not have. */
  readonly problems: readonly Problem[];
}

/** What is known of a start before it happens. */
interface ExaminedStart {
  readonly program: string;
  readonly node: NodeVersion;
  readonly pid: number | null;
  readonly wouldStart: boolean;
  readonly facts: NodeFacts;
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly stops: { readonly atMostMs: number; readonly observedMs: readonly number[] };
}

/** Puts an examination into its published shape. A fix is left out: what it inserts may hold a secret. */
export function doctorReport({ facts, node, ...start }: ExaminedStart): DoctorReport {
  const { http, ws, ipc } = facts.endpoints;
  return {
    schema: 1,
    would_start: start.wouldStart,
    pid: start.pid,
    program: start.program,
    flavour: node.flavour,
    version: programVersion(node),
    network: facts.network,
    data_directory: facts.dataDirectory,
    endpoints: { http: http?.url ?? null, ws: ws?.url ?? null, ipc: ipc?.path ?? null },
    ports: facts.ports.map(({ name, host, port, protocol }) => ({ name, host, port, protocol })),
    minimum_free_disk_bytes: facts.minimumFreeDiskBytes,
    findings: start.findings.map(
      ({ code, severity, position, flag, replacement, message, remedy }) => ({
        ...{ code, severity, position, flag, replacement, message, remedy },
      }),
    ),
    stops: stopsReport(start.stops),
    problems: start.problems.map(({ check, severity, message, remedy }) => ({
      ...{ check, severity, message, remedy },
    })),
  };
}

function stopsReport({ atMostMs, observedMs }: ExaminedStart['stops']): DoctorReport['stops'] {
  return {
    observed: observedMs.length,
    longest_seconds: observedMs.length === 0 ? null : Math.max(...observedMs) / 1_000,
    at_most_seconds: atMostMs === Infinity ? null : atMostMs / 1_000,
  };
}
