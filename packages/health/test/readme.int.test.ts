import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { fakeClock, startRpcServer } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import * as health from '../src/index.ts';
import { resolveOptions } from '../src/options.ts';

const sourceOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = sourceOf('../README.md');

type Example = (
  exports: typeof health,
  console: { readonly log: (line: string) => void },
) => Promise<{ monitor: health.Monitor; snapshot: health.HealthSnapshot }>;

it('has an example that watches any Ethereum RPC', async () => {
  await using server = await startRpcServer();
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = code
    .replace(/^import (\{.*\}) from '@wemixvisor\/health';$/m, 'const $1 = health;')
    .replace('http://127.0.0.1:8545', server.url);
  const example = runInThisContext(
    `(async (health, console) => { ${body}\nreturn { monitor, snapshot }; })`,
  ) as Example;
  const said: string[] = [];
  const { monitor, snapshot } = await example(health, { log: (line) => said.push(line) });
  monitor.dispose();
  expect(snapshot).toMatchObject({ status: 'healthy', phase: 'synced' });
  expect(said[0]).toMatch(/^unknown → healthy \(synced\): synced at block \d+$/);
  expect(JSON.parse(said.at(-1) ?? '')).toEqual(snapshot);
});

it('has an example of a monitor on fake ports', async () => {
  const code = readme.split('```ts\n').at(-1)?.split('```')[0] ?? '';
  const example = runInThisContext(
    `(async (createMonitor, endpoint, fakeClock) => { ${code}\nreturn monitor.check(); })`,
  ) as (...given: unknown[]) => Promise<health.HealthSnapshot>;
  const nowhere = health.parseEndpoint('/nowhere/geth.ipc');
  expect(await example(health.createMonitor, nowhere, fakeClock)).toMatchObject({
    status: 'healthy',
    timestamp: '2026-01-01T00:00:00.000Z',
  });
});

it.each(Object.entries(resolveOptions({ endpoint: null })))(
  'lists %s with its default',
  (name, value) => {
    const [, cell = ''] = new RegExp(`^\\| \`${name}\` +\\| ([^|]*) \\|`, 'm').exec(readme) ?? [];
    const shown = { endpoint: 'required', minimumFreeDiskBytes: '512 MiB' }[name];
    const text = typeof value === 'number' ? value.toLocaleString('en') : JSON.stringify(value);
    expect(cell.trim()).toBe(shown ?? `\`${text.replaceAll(',', '_')}\``);
  },
);

it('documents every exported name and every error code', () => {
  const names = [...sourceOf('../src/index.ts').matchAll(/\b(\w+)(?=,| \})/g)];
  const codes = [...sourceOf('../src/errors.ts').matchAll(/'([A-Z]+_[A-Z]+)'/g)];
  expect([names.length, codes.length]).toEqual([8, 2]);
  for (const [, word = ''] of [...names, ...codes]) expect(readme).toContain(`\`${word}`);
});
