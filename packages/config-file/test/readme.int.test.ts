import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import * as config from '../src/index.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, text = '']) => text,
  );

type Example = (
  exports: typeof config,
  console: { readonly log: (...values: readonly unknown[]) => void },
) => void;

it('has examples that print what the README says', async () => {
  await using folder = await temporaryDirectory();
  const [toml = ''] = blocks('toml');
  const examples = blocks('ts');
  const outputs = blocks('text');
  expect([examples.length, outputs.length]).toEqual([2, 2]);
  writeFileSync(join(folder.path, 'app.toml'), toml, { mode: 0o600 });
  for (const [at, code] of examples.entries()) {
    const body = code
      .replace(/^import (\{.*\}) from '@wemixvisor\/config-file';$/m, 'const $1 = exports;')
      .replaceAll('/etc/app', folder.path);
    const said: string[] = [];
    const example = runInThisContext(`((exports, console) => { ${body} })`) as Example;
    example(config, { log: (...values) => said.push(values.join(' ')) });
    const shown = said.join('\n').replaceAll(folder.path, '/etc/app');
    expect(shown).toBe(outputs[at]?.trimEnd());
  }
});

it('lists every export, type of value and error code', () => {
  const types = Object.keys(config.valueTypes);
  const codes = [...read('../src/errors.ts').matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code);
  expect([types.length, codes.length]).toEqual([22, 5]);
  const rows = Object.keys(config).concat('ValueType');
  for (const name of [...rows, ...types, ...codes]) {
    expect(readme).toMatch(new RegExp(`^\\| \`${name}\\b`, 'm'));
  }
});
