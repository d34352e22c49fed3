import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { runInThisContext } from 'node:vm';
import { expect, it } from 'vitest';
import * as timeSeries from '../src/index.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');

type Example = (
  exports: typeof timeSeries,
  console: { readonly log: (...words: readonly unknown[]) => void },
) => void;

it('has an example that prints what it says', () => {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = code.replace(
    /^import (\{.*\}) from '@wemixvisor\/time-series';$/m,
    'const $1 = exports;',
  );
  const said: string[] = [];
  const log = (...words: readonly unknown[]) =>
    said.push(words.map((word) => (typeof word === 'string' ? word : inspect(word))).join(' '));
  const example = runInThisContext(`((exports, console) => { ${body} })`) as Example;
  example(timeSeries, { log: (...words) => void log(...words) });
  const [, first, second, third, fourth] =
    /^It prints `(.*)`, `(.*)`, `(.*)` and `(.*)`\.$/m.exec(readme) ?? [];
  expect(said).toEqual([first, second, third, fourth]);
});

it('lists every export and option', () => {
  const names = [...read('../src/index.ts').matchAll(/\{ (?:type )?(\w+) \}/g)];
  expect(names).toHaveLength(4);
  for (const [, name = ''] of names) expect(readme).toMatch(new RegExp(`^\\| \`${name}\\b`, 'm'));
  for (const option of ['columns', 'archives', 'floor', 'minimumSpanMs', 'heldMs']) {
    expect(readme).toContain(`| \`${option}\``);
  }
});
