import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, metricsOf, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { fakeSite, settingsOf } from './fake-supervisor.ts';

const isHere = (program: string) => spawnSync(program, ['--version']).error === undefined;
const missing = ['prometheus', 'promtool'].filter((program) => !isHere(program));
const title = 'Prometheus';
const dashboard = new URL('../../../docs/operations/grafana-dashboard.json', import.meta.url);

interface Dashboard {
  readonly panels: readonly { readonly targets?: readonly { readonly expr: string }[] }[];
}

/** A Prometheus that scrapes an address every half a second. */
async function scraping(address: string) {
  const folder = await temporaryDirectory();
  const at = `127.0.0.1:${await freePort()}`;
  const config = join(folder.path, 'prometheus.yml');
  writeFileSync(
    config,
    `global: { scrape_interval: 500ms }\nscrape_configs: [{ job_name: wemixvisor, static_configs: [{ targets: ['${address}'] }] }]\n`,
  );
  const storage = `--storage.tsdb.path=${join(folder.path, 'data')}`;
  const words = [`--config.file=${config}`, `--web.listen-address=${at}`, storage];
  const server = spawn('prometheus', words, { stdio: 'ignore' });
  const ended = once(server, 'exit');
  return {
    /** Whether an expression can be read, whatever its value. */
    async reads(expression: string): Promise<boolean> {
      const url = `http://${at}/api/v1/query?query=${encodeURIComponent(expression)}`;
      return (await fetch(url)).ok;
    },
    /** The value of an expression; null where it has none yet. */
    async value(expression: string): Promise<string | null> {
      const url = `http://${at}/api/v1/query?query=${encodeURIComponent(expression)}`;
      const answer = await fetch(url).catch(() => null);
      const { data } = ((await answer?.json().catch(() => ({}))) ?? {}) as {
        readonly data?: { readonly result: readonly { readonly value: [number, string] }[] };
      };
      return data?.result[0]?.value[1] ?? null;
    },
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL');
      await ended;
      await folder[Symbol.asyncDispose]();
    },
  };
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
      await using prometheus = await scraping(metricsAddr);
      await waitFor(async () => (await prometheus.value('up')) === '1', { what: 'a scrape' });
      expect(await prometheus.value('wemixvisor_node_state{state="running"}')).toBe('1');
      expect(await prometheus.value('wemixvisor_node_rpc_duration_seconds_count')).toBe('0');
      expect(await prometheus.value('ethereum_blockchain_height')).toBe('1000');
      const { panels } = JSON.parse(readFileSync(dashboard, 'utf8')) as Dashboard;
      for (const { expr } of panels.flatMap(({ targets = [] }) => targets)) {
        const expression = expr.replaceAll('$instance', '.*');
        expect((await prometheus.reads(expression)) ? null : expression).toBeNull();
      }
    });
  },
);
