import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { startRpcServer } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import * as health from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const errors = readFileSync(new URL('../src/errors.ts', import.meta.url), 'utf8');

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

it('lists every option with its default, and every error code', () => {
  for (const name of Object.keys(health.defaultHealthOptions))
    expect(readme).toContain(`| \`${name}\``);
  for (const [, code = ''] of errors.matchAll(/'([a-z]+-[a-z]+)'/g)) {
    expect(readme).toContain(`\`${code}\``);
  }
});
