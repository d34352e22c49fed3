import type {
  DashboardFacts,
  HealthFacts,
  LogLine,
  SampleFacts,
  StatusFacts,
} from '../src/facts.ts';
import { firstUi, type Ui } from '../src/ui.ts';
import { screenOf, type DashboardModel } from '../src/view/screen.ts';
import type { ScreenOptions } from '../src/view/pen.ts';

/** The moment of all tests. */
export const now = Date.parse('2026-11-28T03:12:20Z');
const second = 1000;
const hour = 3600 * second;

/** A time so many milliseconds ago. */
export const ago = (ms: number): string => new Date(now - ms).toISOString();

export function healthOf(overrides: Partial<HealthFacts> = {}): HealthFacts {
  return {
    status: 'healthy',
    phase: 'synced',
    timestamp: ago(12 * second),
    reason: 'synced at block 21345678',
    next: null,
    head: {
      number: 21_345_678,
      timestamp: ago(14 * second),
      age_seconds: 2,
      block_interval_seconds: 12,
    },
    sync: null,
    checks: {
      rpc_endpoint: { healthy: true, latency_ms: 3 },
      peer_count: { healthy: true, peers: 25 },
      sync_status: { current_block: 21_345_678, highest_block: 21_345_678 },
    },
    ...overrides,
  };
}

export function statusOf(overrides: Partial<StatusFacts> = {}): StatusFacts {
  return {
    state: 'running',
    state_since: ago(76 * hour),
    pid: 4243,
    supervisor_pid: 4242,
    started_at: ago(76 * hour),
    adopted: false,
    restart_count: 2,
    restarts: { crash: 1, health: 1, operator: 0 },
    health: healthOf(),
    usage: { cpu_percent: 12.4, memory_bytes: 4.5e9 },
    version: 'Geth/v1.16.9-stable-95665d57/linux-amd64/go1.25.1',
    network: 'mainnet',
    last_exit: null,
    next_action: null,
    stop_phase: null,
    reason: null,
    ...overrides,
  };
}

const steps = 180;
const series = (value: (step: number) => number | null) =>
  Array.from({ length: steps }, (_, step) => value(step));

/** A quarter of an hour in which a block came every 12 seconds, nobody watched at first, and the disk filled. */
export function samplesOf(overrides: Partial<SampleFacts> = {}): SampleFacts {
  const seen = (value: (step: number) => number) =>
    series((step) => (step < 30 ? null : value(step)));
  return {
    window_seconds: 900,
    step_seconds: 5,
    newest_at: ago(2 * second),
    values: {
      head: seen((step) => 21_345_603 + Math.floor(step / 2.4)),
      peers: seen((step) => (step < 90 ? 12 : 25)),
      sync_percent: seen(() => 100),
      cpu_percent: seen((step) => (step % 60 < 30 ? 10 : 40)),
      memory_bytes: seen((step) => 4e9 + step * 3e6),
      disk_free_bytes: seen((step) => 872e9 - step * 1e6),
      rpc_ms: seen((step) => (step === 120 ? 200 : 3)),
    },
    blocks_per_minute: 5,
    disk_full_in_seconds: 11 * 86_400 + 3_000,
    ...overrides,
  };
}

const line = (ms: number, level: LogLine['level'], text: string): LogLine => ({
  time: new Date(now - ms),
  level,
  text,
});

export function factsOf(overrides: Partial<DashboardFacts> = {}): DashboardFacts {
  const status = overrides.status === undefined ? statusOf() : overrides.status;
  return {
    home: '/srv/geth',
    place: null,
    status,
    statusAt: now - 300,
    problem: null,
    lastHealth: status?.health ?? null,
    samples: samplesOf(),
    noSamples: null,
    alerts: [],
    events: [
      line(30 * hour, 'warn', 'running → crashed: out of memory'),
      line(2 * hour, 'info', 'crashed → starting'),
      line(2 * hour - 9_000, 'info', 'starting → running'),
    ],
    log: [
      ...Array.from({ length: 40 }, (_, at) =>
        line((42 - at) * second, 'info', `Imported new potential chain segment number=${at + 1}`),
      ),
      line(2 * second, 'warn', 'Snapshot extension registration failed peer=3f1a\u001b[2J'),
      line(second, 'error', 'Failed to store 가나다 block'),
    ],
    grace: '5m',
    ...overrides,
  };
}

/** The screen, with its edges: the width of each line can be seen. */
export function shown(
  { columns, rows, ...options }: ScreenOptions,
  facts: Partial<DashboardFacts> = {},
  ui: Partial<Ui> = {},
  notice: DashboardModel['notice'] = null,
): string {
  const model = { facts: factsOf(facts), ui: { ...firstUi, ...ui }, notice, now };
  return screenOf(model, { columns, rows, ...options }).join('\n');
}
