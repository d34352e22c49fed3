import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { expect, it } from 'vitest';
import * as diagnosis from '../src/index.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');
const lines = readme.split('\n');

type Example = (
  exports: typeof diagnosis,
  console: { readonly log: (...words: readonly unknown[]) => void },
) => void;

it('has an example that prints what is shown below it', () => {
  const [, code = '', shown] = /```ts\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = code.replace(
    /^import (\{.*\}) from '@wemixvisor\/diagnosis';$/m,
    'const $1 = exports;',
  );
  let said = '';
  const example = runInThisContext(`((exports, console) => { ${body} })`) as Example;
  example(diagnosis, { log: (...words) => (said += `${words.join(' ')}\n`) });
  expect(said).toBe(shown);
});

it('lists every cause as the table of the program has it', () => {
  const rows = lines
    .filter((line) => /^\| `[a-z-]+` +\| `(?:never|short|retry|hold)` +\|/.test(line))
    .map((line) =>
      line
        .slice(2, -2)
        .split(' | ')
        .map((cell) => cell.trim()),
    );
  expect(rows).toEqual(
    diagnosis.causes.map(({ name, class: itsClass, meaning, remedy }) => [
      `\`${name}\``,
      `\`${itsClass}\``,
      meaning,
      remedy,
    ]),
  );
});

it('lists every export, every field and every class', () => {
  for (const [, name = ''] of read('../src/index.ts').matchAll(/(\w+)(?=, | \} from)/g)) {
    expect(readme).toMatch(new RegExp(`^\\| \`${name}\\b`, 'm'));
  }
  for (const [, name = ''] of read('../src/diagnosis.ts').matchAll(/^ {2}readonly (\w+)/gm)) {
    expect(readme).toMatch(new RegExp(`^\\| \`${name}\``, 'm'));
  }
  for (const name of ['never', 'short', 'retry', 'hold']) {
    expect(readme).toMatch(new RegExp(`^\\| \`${name}\` +\\| [^\`]`, 'm'));
  }
});
