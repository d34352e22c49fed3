import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import * as unixHttp from '../src/index.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');

type Example = (
  exports: typeof unixHttp,
  console: { readonly log: (value: unknown) => void },
  process: NodeJS.Process,
) => Promise<void>;

it('has an example that serves and asks', async () => {
  await using folder = await temporaryDirectory();
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = code
    .replace(/^import (\{.*\}) from '@wemixvisor\/unix-http';$/m, 'const $1 = exports;')
    .replaceAll('/srv/app', folder.path);
  const example = runInThisContext(`(async (exports, console, process) => { ${body} })`) as Example;
  const said: unknown[] = [];
  await example(unixHttp, { log: (value) => said.push(value) }, process);
  expect(said[0]).toEqual({ status: 200, body: { state: 'running' } });
  const [, claimed = ''] = /The second line is `(\{.*\})`/.exec(readme) ?? [];
  expect(said[1]).toEqual(runInThisContext(`(${claimed})`));
});

it('lists every export, option and error code', () => {
  const names = [...read('../src/index.ts').matchAll(/\{ (\w+) \}/g)];
  const limits = [...read('../src/json-server.ts').matchAll(/^ {2}readonly (\w+)\?: number/gm)];
  const codes = [...read('../src/errors.ts').matchAll(/\| '([A-Z_]+)'/g)];
  expect([names.length, limits.length, codes.length]).toEqual([6, 7, 10]);
  for (const [, name = ''] of names) expect(readme).toMatch(new RegExp(`^\\| \`${name}\\b`, 'm'));
  for (const [, name = ''] of limits) expect(readme).toContain(`| \`limits.${name}\``);
  for (const [, code = ''] of codes) expect(readme).toContain(`| \`${code}\``);
});
