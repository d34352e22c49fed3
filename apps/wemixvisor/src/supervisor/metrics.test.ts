import { appendFileSync } from 'node:fs';
import { metricsOf } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import {
  fakeSite,
  settingsOf,
  shellLaunch,
  type FakeSupervisor,
} from '../../test/fake-supervisor.ts';

/** The values of the metrics that begin with these words. */
async function values(socket: string, ...starts: readonly string[]) {
  const lines = await metricsOf(socket);
  return lines.filter((line) => starts.some((start) => line.startsWith(start)));
}

const state = (supervisor: FakeSupervisor, name: string) =>
  supervisor.next('lifecycle', ({ change }) => change.after.state === name);

describe('the metrics of a supervisor', () => {
  it('count from its start on, though nobody asks before', async () => {
    const site = await fakeSite();
    const { socket } = site.paths;
    const supervisor = await site.supervise();
    await supervisor.started();
    supervisor.monitor.checked();
    appendFileSync(site.paths.nodeLog, '0123456789');
    const crashed = state(supervisor, 'crashed');
    site.machine.exit(1);
    await crashed;
    expect(await values(socket, 'wemixvisor_node_up', 'wemixvisor_node_starts_total')).toEqual([
      'wemixvisor_node_up 0',
      'wemixvisor_node_starts_total 1',
    ]);
    const running = state(supervisor, 'running');
    await site.machine.clock.advance(60_000);
    await running;
    await supervisor.operations.stop({});
    const lines = await metricsOf(socket);
    for (const line of [
      'wemixvisor_node_starts_total 2',
      'wemixvisor_node_restarts_total{trigger="crash",class="unknown"} 1',
      'wemixvisor_node_restarts_total{trigger="operator"} 0',
      'wemixvisor_node_exits_total{end="unasked",cause="unknown"} 1',
      'wemixvisor_node_exits_total{end="asked"} 1',
      'wemixvisor_node_stop_duration_seconds_count 1',
      'wemixvisor_node_checks_total{result="answered"} 1',
      'wemixvisor_node_desired_up 0',
      'wemixvisor_log_bytes_total 10',
    ]) {
      expect(lines).toContain(line);
    }
  });

  it('tell a restart that is refused, and why the node is down', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started({ settings: settingsOf({ healthRestart: 'dry-run' }) });
    supervisor.monitor.wantRestart('it is silent');
    const failed = state(supervisor, 'error');
    appendFileSync(site.paths.nodeLog, 'flag provided but not defined: -nope\n');
    site.machine.exit(1);
    await failed;
    const lines = await metricsOf(site.paths.socket);
    for (const line of [
      'wemixvisor_node_restarts_refused_total{trigger="health",why="dry-run"} 1',
      'wemixvisor_node_restarts_refused_total{trigger="crash",why="cannot-help"} 1',
      'wemixvisor_node_exits_total{end="unasked",cause="unknown-flag"} 1',
      'wemixvisor_node_state{state="error"} 1',
    ]) {
      expect(lines).toContain(line);
    }
  });

  it('ask the node nothing, and have no figures of it while it is down', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    const calls = supervisor.monitor.calls.length;
    const lines = await metricsOf(site.paths.socket);
    expect(lines.filter((line) => line.startsWith('ethereum_'))).toEqual([]);
    expect(lines).toContain('wemixvisor_node_ready 0');
    expect(lines).not.toContainEqual(expect.stringContaining('wemixvisor_node_health{'));
    expect(supervisor.monitor.calls).toHaveLength(calls);
  });

  it('hold no path, no argument and no variable of the node', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    const args = ['--datadir', '/srv/s3cret', '--ethstats', 'me:hunter2@stats.example'];
    await supervisor.started({ launch: shellLaunch({ args, env: { TOKEN: 'hunter2' } }) });
    supervisor.monitor.find({ timestamp: new Date().toISOString() });
    const text = (await metricsOf(site.paths.socket)).join('\n');
    expect(text).toContain('wemixvisor_node_up 1');
    for (const word of ['s3cret', 'hunter2', 'stats.example', '/bin/sh', site.paths.home]) {
      expect(text).not.toContain(word);
    }
  });

  it('show of a node what its last check found, and nothing that is too old', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const fresh = new Date().toISOString();
    supervisor.monitor.find({ timestamp: fresh, clientVersion: `\u001b[2J${'Geth'.repeat(99)}` });
    const starts = [
      'ethereum_blockchain_height',
      'wemixvisor_node_info',
      'wemixvisor_node_adopted',
    ];
    const [info = '', adopted, height] = await values(site.paths.socket, ...starts);
    expect(info).not.toContain('\u001b');
    expect(/client="\\\\x1b\[2J(\w+)"/.exec(info)?.[1]).toHaveLength(93);
    expect([adopted, height]).toEqual([
      'wemixvisor_node_adopted 0',
      expect.stringMatching(/^ethereum_blockchain_height \d+$/),
    ]);
    supervisor.monitor.find({ timestamp: new Date(Date.now() - 3_600_000).toISOString() });
    expect(await values(site.paths.socket, 'ethereum_', 'wemixvisor_node_health{')).toEqual([]);
  });
});
