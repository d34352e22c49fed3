import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import * as completion from '../src/index.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');

type Example = (
  exports: typeof completion,
  console: { readonly log: (line: string) => void },
) => void;

/** What the example of the README prints, for a shell: the script, and the help. */
function printedFor(shell: string): readonly [script: string, help: string] {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = code
    .replace(/^import (\{.*\}) from '@wemixvisor\/completion';$/m, 'const $1 = exports;')
    .replace(' as const;', ';')
    .replace("'bash'", `'${shell}'`);
  const said: string[] = [];
  const example = runInThisContext(`((exports, console) => { ${body} })`) as Example;
  example(completion, { log: (line) => said.push(line) });
  const [script = '', help = ''] = said;
  return [script, help];
}

const scriptFor = (shell: string) => printedFor(shell)[0];

it('has an example that shows the help', () => {
  const [, shown] = /```text\n([\s\S]*?)```/.exec(readme) ?? [];
  expect(printedFor('bash')[1]).toBe(shown);
});

it.each([
  ['', 'list import remote exec help'],
  ['remote ', 'add remove'],
  ['list --sort ', 'age title'],
  ['list --s', '--sort'],
  ['help e', 'exec'],
  ['import ', 'a file'],
  ['exec a', 'a file'],
  ['exec --', '--mode'],
  ['remote add -- --mode ', 'fast safe'],
  ['exec --mode s', 'safe'],
  ['remote add -- a', 'a file'],
  ['remote add ', ''],
])('has an example that offers in bash, for "notes %s": %s', async (typed, offered) => {
  await using folder = await temporaryDirectory();
  const script = join(folder.path, 'a file');
  writeFileSync(script, scriptFor('bash'));
  const words = `COMP_WORDS=(notes ${typed.replace(/ $|^$/, " ''")}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))`;
  const line = `source 'a file'; ${words}; _notes; echo "\${COMPREPLY[*]}"`;
  const options = { cwd: folder.path, encoding: 'utf8' } as const;
  expect(execFileSync('bash', ['--norc', '-c', line], options)).toBe(`${offered}\n`);
});

it.each([
  ['bash', ['-n']],
  ['zsh', ['-n']],
  ['fish', ['--no-execute']],
])('has an example that %s can read', async (shell, check) => {
  await using folder = await temporaryDirectory();
  const script = join(folder.path, 'script');
  writeFileSync(script, scriptFor(shell));
  const { error, status, stderr } = spawnSync(shell, [...check, script], { encoding: 'utf8' });
  // A shell that is not on this machine cannot be asked.
  if (error === undefined) expect([status, stderr]).toEqual([0, '']);
});

it('lists every export and every field', () => {
  for (const [, name = ''] of read('../src/index.ts').matchAll(/(\w+)(?=, | \} from)/g)) {
    expect(readme).toMatch(new RegExp(`^\\| \`${name}\\b`, 'm'));
  }
  const fields = [...read('../src/program-description.ts').matchAll(/^ {2}readonly (\w+)/gm)];
  for (const [, name = ''] of fields) expect(readme).toMatch(new RegExp(`\`${name}\`|, ${name} }`));
});
