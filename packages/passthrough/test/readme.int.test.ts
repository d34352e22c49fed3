import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { expect, it } from 'vitest';
import * as geth from '../src/geth.ts';
import * as machine from '../src/geth-node.ts';
import * as root from '../src/index.ts';

const sourceOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = sourceOf('../README.md');
const examples = [...readme.matchAll(/```js\n([\s\S]*?)```(?:\s+```\n([\s\S]*?)```)?/g)].map(
  ([, code = '', output = '']) => {
    const names = [...code.matchAll(/import \{ (.*) \}/g)].map(([, name = '']) => name).join(', ');
    const body = code.replaceAll(/^import .*\n/gm, '');
    return { names, code: `const { ${names} } = exports;\n${body}`, output };
  },
);

/** Runs an example and returns the value of each line that shows it in a comment. */
function run(code: string, process: object): readonly unknown[] {
  const body = code.replaceAll(/^([^/\n]+); \/\/ .*$/gm, 'shown.push($1);');
  const example = runInThisContext(
    `((exports, process) => { const shown = []; ${body}\nreturn shown; })`,
  ) as (exports: object, process: object) => readonly unknown[];
  return example({ ...root, ...geth, ...machine }, process);
}

it.each(examples)('has an example of $names that does what it shows', ({ code, output }) => {
  const written: string[] = [];
  const stdout = { isTTY: false, write: (text: string) => written.push(text) };
  const shown = run(code, { stdout, env: {} });
  expect(written.join('')).toBe(output);
  const promised = [...code.matchAll(/^[^/\n]+; \/\/ (.*)$/gm)].map(([, text = '']) => text);
  expect(shown).toHaveLength(promised.length);
  expect(shown.length + written.length).toBeGreaterThan(0);
  for (const [at, value] of shown.entries()) {
    const text = (promised[at] ?? '').replace(/, for spawn.*$/, '');
    const isLiteral = typeof value !== 'string' || text.startsWith("'");
    expect(value).toEqual(isLiteral ? runInThisContext(`(${text})`) : text);
  }
});

it('documents every exported name', () => {
  const entries = ['../src/index.ts', '../src/geth.ts', '../src/geth-node.ts'];
  const index = entries.map(sourceOf).join('');
  const names = [...index.matchAll(/\b(\w+)(?=,| \})/g)].map(([, name = '']) => name);
  expect(names).toHaveLength(21);
  for (const name of names) expect(readme).toContain(`\`${name}`);
});
