import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  freePort,
  metricsOf,
  missingPrograms,
  startPrometheus,
  waitFor,
} from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { fakeSite, settingsOf } from './fake-supervisor.ts';

const missing = missingPrograms('prometheus', 'promtool');
const title = 'Prometheus';
const dashboard = new URL('../../../docs/operations/grafana-dashboard.json', import.meta.url);

interface Dashboard {
  readonly panels: readonly { readonly targets?: readonly { readonly expr: string }[] }[];
}

describe.skipIf(missing.length > 0)(
  missing.length === 0 ? title : `${title}: there is no ${missing.join(' and no ')}`,
  () => {
    it('scrapes a supervisor and has its figures; promtool finds nothing wrong but the name of an EIP', async () => {
      const site = await fakeSite();
      const metricsAddr = `127.0.0.1:${await freePort()}`;
      const supervisor = await site.supervise({ settings: settingsOf({ metricsAddr }) });
      await supervisor.started({ settings: settingsOf({ metricsAddr }) });
      supervisor.monitor.find({ timestamp: new Date().toISOString() });
      const input = (await metricsOf(site.paths.socket)).join('\n');
      const { stderr, status } = spawnSync('promtool', ['check', 'metrics'], { input });
      expect(stderr.toString().trim().split('\n')).toEqual([
        'ethereum_peer_count non-histogram and non-summary metrics should not have "_count" suffix',
      ]);
      expect(status).toBe(3);
      await using prometheus = await startPrometheus({ targets: [metricsAddr], everyMs: 500 });
      const value = async (expression: string) =>
        (await prometheus.query(expression))?.[0]?.value ?? null;
      await waitFor(async () => (await value('up')) === '1', { what: 'a scrape' });
      expect(await value('wemixvisor_node_state{state="running"}')).toBe('1');
      expect(await value('wemixvisor_node_rpc_duration_seconds_count')).toBe('0');
      expect(await value('ethereum_blockchain_height')).toBe('1000');
      const { panels } = JSON.parse(readFileSync(dashboard, 'utf8')) as Dashboard;
      for (const { expr } of panels.flatMap(({ targets = [] }) => targets)) {
        const expression = expr.replaceAll('$instance', '.*');
        expect((await prometheus.query(expression)) === null ? expression : null).toBeNull();
      }
    });
  },
);
