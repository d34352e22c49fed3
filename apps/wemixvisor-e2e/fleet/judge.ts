import type { Prometheus } from '@wemixvisor/testkit';
import type { Member } from './member.ts';

/** Where each figure of a node is in the metrics. */
const expressions = {
  up: 'wemixvisor_node_up',
  head: 'ethereum_blockchain_height',
  starts: 'wemixvisor_node_starts_total',
  crashes: 'sum without (trigger, class) (wemixvisor_node_restarts_total{trigger="crash"})',
  logBytes: 'wemixvisor_log_bytes_total',
} as const;

/** Compares what Prometheus has of each home with what its node shows; a line for each figure that differs. */
export async function untrue(
  members: readonly Member[],
  prometheus: Prometheus,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const member of members) {
    const { address } = member;
    const figures = await member.own();
    const select = async (expression: string) =>
      (await prometheus.query(`(${expression}) and on (instance) up{instance="${address}"}`)) ?? [];
    for (const [name, expression] of Object.entries(expressions)) {
      const [found] = await select(expression);
      // A counter that counted nothing yet has no series.
      const told = Number(found?.value ?? (name === 'crashes' ? 0 : NaN));
      const truth = figures[name as keyof typeof expressions];
      if (told !== truth) lines.push(`${address}: ${name} is ${truth}, and told as ${told}`);
    }
    const [state] = await select('wemixvisor_node_state == 1');
    if (state?.labels['state'] !== figures.state) {
      lines.push(
        `${address}: the state is ${figures.state}, and told as ${state?.labels['state']}`,
      );
    }
  }
  return lines;
}

/** An alert that must fire for a home. */
export interface DueAlert {
  readonly name: string;
  readonly address: string;
  /** Still fires at the end. */
  readonly isLasting: boolean;
}

/** Compares which alerts fired, and which still do, with which should have; a line for each that differs. */
export async function misfired(
  due: readonly DueAlert[],
  prometheus: Prometheus,
): Promise<readonly string[]> {
  const fired = await alerts('count_over_time(ALERTS{alertstate="firing"}[1d])', prometheus);
  const firing = await alerts('ALERTS{alertstate="firing"}', prometheus);
  const named = (alert: DueAlert) => `${alert.name} of ${alert.address}`;
  const wanted = new Set(due.map(named));
  const lasting = new Set(due.filter(({ isLasting }) => isLasting).map(named));
  return [
    ...[...wanted].filter((alert) => !fired.has(alert)).map((alert) => `${alert} did not fire`),
    ...[...fired]
      .filter((alert) => !wanted.has(alert))
      .map((alert) => `${alert} fired for nothing`),
    ...[...firing]
      .filter((alert) => !lasting.has(alert))
      .map((alert) => `${alert} is not resolved`),
  ];
}

async function alerts(expression: string, prometheus: Prometheus): Promise<ReadonlySet<string>> {
  const found = await prometheus.query(expression);
  if (found === null) throw new Error(`Prometheus did not answer ${expression}`);
  return new Set(found.map(({ labels }) => `${labels['alertname']} of ${labels['instance']}`));
}
