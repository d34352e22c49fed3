import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { expect, it } from 'vitest';
import * as forks from '../src/index.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');

type Example = (
  exports: typeof forks,
  console: { readonly log: (line: string) => void },
) => Promise<void>;

it('has an example that prints what it says', async () => {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const [, printed = ''] = /```text\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = code.replace(/^import (\{.*\}) from '@wemixvisor\/forks';$/m, 'const $1 = exports;');
  const said: string[] = [];
  const example = runInThisContext(`(async (exports, console) => { ${body} })`) as Example;
  await example(forks, { log: (line) => void said.push(line) });
  expect(`${said.join('\n')}\n`).toBe(printed);
});

it('lists every export', () => {
  const names = [...read('../src/index.ts').matchAll(/\{ (?:type )?(\w+) \}/g)];
  expect(names).toHaveLength(5);
  for (const [, name = ''] of names) expect(readme).toMatch(new RegExp(`^\\| \`${name}\\b`, 'm'));
});
