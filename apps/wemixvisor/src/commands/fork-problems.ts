import { weighForks } from '@wemixvisor/forks';
import { describeFork } from '@wemixvisor/forks/describe';
import type { NodeFacts } from '@wemixvisor/passthrough/geth';
import type { Problem } from '../report/doctor-report.ts';
import type { ForkReport } from '../report/forks-report.ts';
import type { Launch } from '../state/launch.ts';

/**
 * That a node lacks a hard fork, as a problem of its start. `known` is what its supervisor has found out; where there is none, the table of
 * releases tells by the node's program and network.
 */
export function forkProblems(
  known: ForkReport | null,
  { node, facts }: Pick<Launch, 'node'> & { readonly facts: Pick<NodeFacts, 'network'> },
): readonly Problem[] {
  const now = Date.now();
  const missing = known ?? weighForks({ now, client: node, network: facts.network }).missing;
  const remedy = 'wemixvisor forks tells who says so';
  if (missing === null) return [];
  return [{ check: 'forks', severity: 'warning', message: describeFork(missing, now), remedy }];
}
