import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { describeMetrics } from '../src/index.ts';

const folder = fileURLToPath(new URL('../../../docs/operations/', import.meta.url));
const read = (name: string) => readFileSync(`${folder}${name}`, 'utf8');

/** What a scrape can hold: a histogram has three names. */
const exported = (await describeMetrics()).flatMap(({ name, type }) =>
  type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${name}${end}`) : [name],
);

const namesIn = (text: string) => [
  ...new Set(text.match(/\b(?:wemixvisor|ethereum|process)_\w+/g)),
];

interface Dashboard {
  readonly panels: readonly {
    readonly id: number;
    readonly targets?: readonly { readonly expr: string }[];
  }[];
}

describe.each(['alert-rules.yml', 'alert-rules.test.yml', 'grafana-dashboard.json'])(
  '%s',
  (file) => {
    it('names metrics that are exported', () => {
      const names = namesIn(read(file));
      expect(names.length).toBeGreaterThan(10);
      expect(names.filter((name) => !exported.includes(name))).toEqual([]);
    });
  },
);

it('the dashboard has panels with names of their own', () => {
  const { panels } = JSON.parse(read('grafana-dashboard.json')) as Dashboard;
  const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  expect(expressions.length).toBeGreaterThan(20);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});

it('each rule has a test', () => {
  const rules = [...read('alert-rules.yml').matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
  const tests = read('alert-rules.test.yml');
  expect(rules.length).toBeGreaterThan(10);
  for (const rule of rules) {
    expect(tests).toMatch(new RegExp(`alertname: ${rule}\\n +eval_time: .*\\n +exp_alerts:\\n`));
  }
});

const isHere = spawnSync('promtool', ['--version']).error === undefined;

it.skipIf(!isHere)(
  isHere ? 'the rules fire and resolve as their tests say' : 'the rules: there is no promtool',
  () => {
    const { status, stdout, stderr } = spawnSync(
      'promtool',
      ['test', 'rules', 'alert-rules.test.yml'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    expect(`${stdout}${stderr}`).toContain('SUCCESS');
    expect(status).toBe(0);
  },
);
