import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { runInThisContext } from 'node:vm';
import { expect, it } from 'vitest';
import * as dashboard from '../src/index.ts';
import { systemPorts, type DashboardPorts } from '../src/ports.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');

type Options = Parameters<typeof dashboard.runDashboard>[0];
type Example = (exports: {
  readonly runDashboard: (options: Options) => Promise<void>;
}) => Promise<void>;

it('has an example that shows a home until q', async () => {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = code.replace(
    /^import (\{.*\}) from '@wemixvisor\/dashboard';$/m,
    'const $1 = exports;',
  );
  const stdin = new PassThrough();
  let written = '';
  const stdout: DashboardPorts['stdout'] = {
    columns: 80,
    rows: 24,
    write: (text) => (written += text),
    on: () => {},
    off: () => {},
  };
  const ports = { ...systemPorts(), stdin, stdout };
  const example = runInThisContext(`(async (exports) => { ${body} })`) as Example;
  const ended = example({ runDashboard: (options) => dashboard.runDashboard(options, ports) });
  stdin.write('q');
  await ended;
  expect(written).toContain('/srv/geth');
  expect(written).toContain('asking the supervisor');
});

it('lists every export', () => {
  const names = [...read('../src/index.ts').matchAll(/(?:\{|,) (?:type )?(\w+)/g)];
  expect(names).toHaveLength(4);
  for (const [, name = ''] of names) expect(readme).toMatch(new RegExp(`^\\| \`${name}\\b`, 'm'));
});
