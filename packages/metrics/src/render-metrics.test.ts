import { describe, expect, it } from 'vitest';
import { figuresOf, health, lifecycleOf } from '../test/figures-of.ts';
import { describeMetrics } from './describe-metrics.ts';
import type { Figures } from './figures.ts';
import { renderMetrics } from './render-metrics.ts';
import { createTally } from './tally.ts';

async function rendered(overrides: Partial<Figures> = {}, tally = createTally()) {
  const { text } = await renderMetrics(tally, figuresOf(overrides));
  return text.split('\n');
}

const namesIn = (lines: readonly string[]) =>
  lines.flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? []);

const down = {
  lifecycle: lifecycleOf({
    state: 'stopped',
    pid: null,
    startedAt: null,
    since: null,
    desired: 'down',
  }),
  health: null,
  usage: null,
  fileDescriptors: null,
  isReady: false,
  network: null,
  client: null,
} as const;

describe('an answer to a scrape', () => {
  it('is in the text format 0.0.4', async () => {
    const { type, text } = await renderMetrics(createTally(), figuresOf());
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).toMatch(/^# HELP \S+ .+\n# TYPE \S+ (gauge|counter|histogram)\n\S+ \S+\n/m);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('tells the figures of a node that runs', async () => {
    const lines = await rendered();
    for (const line of [
      'wemixvisor_build_info{version="1.2.3",runtime="v24.0.0"} 1',
      'process_start_time_seconds 0.25',
      'process_cpu_seconds_total 1.5',
      'wemixvisor_node_info{network="mainnet",client="Geth/v1"} 1',
      'wemixvisor_node_up 1',
      'wemixvisor_node_state{state="running"} 1',
      'wemixvisor_node_state{state="crashed"} 0',
      'wemixvisor_node_adopted 0',
      'wemixvisor_node_cpu_time_seconds_total 2',
      'wemixvisor_node_open_fds 20',
      'wemixvisor_node_health{status="healthy"} 1',
      'wemixvisor_node_phase{phase="synced"} 1',
      'wemixvisor_node_check_healthy{check="head_progress"} 0',
      'wemixvisor_node_check_time_seconds 1767225600',
      'ethereum_blockchain_height 42',
      'ethereum_best_known_block_number 42',
      'ethereum_peer_count 9',
      'ethereum_peer_limit 50',
      'wemixvisor_node_head_time_seconds 1767225598',
      'wemixvisor_node_disk_free_bytes 5000000000',
      'wemixvisor_node_data_bytes 3000000000',
      'wemixvisor_log_bytes_total 100',
    ]) {
      expect(lines).toContain(line);
    }
  });

  it('leaves out what is not known: it is never 0', async () => {
    expect(await rendered()).not.toContainEqual(expect.stringContaining('check="peer_count"'));
    const names = namesIn(await rendered({ ...down, peerLimit: null, disk: null, logSize: null }));
    for (const absent of [
      'wemixvisor_node_adopted',
      'wemixvisor_node_start_time_seconds',
      'wemixvisor_node_state_start_time_seconds',
      'wemixvisor_node_memory_usage_bytes',
      'wemixvisor_node_max_fds',
      'wemixvisor_node_health',
      'wemixvisor_node_check_healthy',
      'ethereum_blockchain_height',
      'ethereum_peer_limit',
      'wemixvisor_node_disk_free_bytes',
      'wemixvisor_node_data_bytes',
      'wemixvisor_log_bytes_total',
    ]) {
      expect(names).not.toContain(absent);
    }
    expect(names).toContain('wemixvisor_node_up');
  });

  it('takes what an earlier answer said for no figure of now', async () => {
    const rpc_endpoint = { healthy: false, latency_ms: null, failures: 2 };
    const silent = { ...health, status: 'degraded', checks: { ...health.checks, rpc_endpoint } };
    const lines = await rendered({ health: silent });
    expect(lines).toContain('wemixvisor_node_failed_checks 2');
    expect(lines).toContain('wemixvisor_node_disk_free_bytes 5000000000');
    expect(namesIn(lines).filter((name) => name.startsWith('ethereum_'))).toEqual([
      'ethereum_peer_limit',
    ]);
    expect(namesIn(lines)).not.toContain('wemixvisor_node_head_time_seconds');
  });

  it('has no time of block 0', async () => {
    const head = { number: 0, timestamp: '1970-01-01T00:00:00.000Z' };
    const lines = await rendered({ health: { ...health, head } });
    expect(lines).toContain('ethereum_blockchain_height 0');
    expect(namesIn(lines)).not.toContain('wemixvisor_node_head_time_seconds');
  });

  it('tells a hold and its next look', async () => {
    const lifecycle = lifecycleOf({ state: 'crashed', nextAction: { what: 'check', at: 5_000 } });
    expect(await rendered({ lifecycle })).toContain(
      'wemixvisor_node_next_action_time_seconds{action="check"} 5',
    );
  });

  it('has cumulative buckets', async () => {
    const tally = createTally();
    for (const latency_ms of [3, 40, 20_000]) {
      tally.count({ type: 'checked', health: { checks: { rpc_endpoint: { latency_ms } } } });
    }
    const lines = await rendered({}, tally);
    const bucket = (le: string) => `wemixvisor_node_rpc_duration_seconds_bucket{le="${le}"}`;
    expect(lines).toContain(`${bucket('0.005')} 1`);
    expect(lines).toContain(`${bucket('0.05')} 2`);
    expect(lines).toContain(`${bucket('10')} 2`);
    expect(lines).toContain(`${bucket('+Inf')} 3`);
    expect(lines).toContain('wemixvisor_node_rpc_duration_seconds_count 3');
    expect(lines).toContain('wemixvisor_node_rpc_duration_seconds_sum 20.043');
  });

  it('begins the deliveries of each channel at 0, and adds up conditions of one kind', async () => {
    const tally = createTally();
    tally.count({ type: 'alert-delivery', channel: 'exec', outcome: 'delivered' });
    const condition = { event: 'disk', severity: 'warning' };
    const lines = await rendered(
      {
        alerts: { conditions: [condition, condition], channels: [{ channel: 'exec', queued: 3 }] },
      },
      tally,
    );
    const delivery = 'wemixvisor_alert_deliveries_total{channel="exec",outcome=';
    expect(lines).toContain(`${delivery}"delivered"} 1`);
    expect(lines).toContain(`${delivery}"given-up"} 0`);
    expect(lines).toContain('wemixvisor_alert_active{event="disk",severity="warning"} 2');
    expect(lines).toContain('wemixvisor_alert_queue_length{channel="exec"} 3');
  });

  it('quotes what a node says of itself', async () => {
    const lines = await rendered({ client: 'Geth"\\\nup 1' });
    expect(lines).toContain(
      'wemixvisor_node_info{network="mainnet",client="Geth\\"\\\\\\nup 1"} 1',
    );
  });
});

describe('the names', () => {
  it('follow the rules of Prometheus, and of EIP-2159', async () => {
    const metrics = await describeMetrics();
    expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
    for (const { name, type, help, labels } of metrics) {
      expect(name).toMatch(/^(wemixvisor|process|ethereum)(_[a-z]+)+$/);
      expect(name.endsWith('_total')).toBe(type === 'counter');
      expect(help).toMatch(/^.{10,250}\.$/);
      for (const label of labels) expect(label).toMatch(/^[a-z]+$/);
    }
    expect(metrics.flatMap(({ name }) => (name.startsWith('ethereum_') ? [name] : []))).toEqual([
      'ethereum_blockchain_height',
      'ethereum_best_known_block_number',
      'ethereum_peer_count',
      'ethereum_peer_limit',
    ]);
  });

  it('have no other labels than those that are told', async () => {
    const metrics = await describeMetrics();
    for (const line of await rendered()) {
      const [, name = '', labels = ''] = /^([a-z_]+)(?:\{(.*)\})? /.exec(line) ?? [];
      const family = metrics.find((each) => each.name === name);
      for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) {
        if (family !== undefined) expect(family.labels).toContain(label);
      }
    }
  });
});
