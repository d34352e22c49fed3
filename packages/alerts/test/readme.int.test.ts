import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { withDefaults } from '../src/alert-options.ts';
import * as alerts from '../src/index.ts';
import { withDefaultPorts } from '../src/ports.ts';
import { receiver } from './receiver.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const index = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');
const setup = readFileSync(new URL('../src/alert-setup.ts', import.meta.url), 'utf8');

type Example = (
  exports: typeof alerts,
  console: { readonly log: (line: string) => void },
) => Promise<void>;

it('has an example that posts to a webhook', async () => {
  await using folder = await temporaryDirectory();
  const { received, url } = await receiver();
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = code
    .replace(/^import (\{.*\}) from '@wemixvisor\/alerts';$/m, 'const $1 = exports;')
    .replace('https://hooks.slack.com/services/…', url)
    .replace('/var/lib/node-watch', folder.path);
  const example = runInThisContext(`(async (exports, console) => { ${body} })`) as Example;
  const said: string[] = [];
  await example(alerts, { log: (line) => said.push(line) });
  expect(said).toEqual(['delivered']);
  expect(JSON.parse(received[0]?.body ?? '')).toEqual({
    text: expect.stringMatching(
      /^CRITICAL crash on \S+ \(\/srv\/geth\): the node crashed: exit code 1; it is started again \(restart 1\)$/,
    ),
  });
});

it('lists every export, option with its default, field of a setup and port', () => {
  for (const [, name = ''] of index.matchAll(/(\w+)(?=, | \} from)/g)) {
    expect(readme).toMatch(new RegExp(`^\\| .*\`${name}\\b.* \\|`, 'm'));
  }
  for (const [name, value] of Object.entries(withDefaults({}))) {
    const shown = JSON.stringify(value).replaceAll('"', "'");
    const plain = readme.replaceAll(/(?<=\d)_(?=\d)/g, '');
    const given = name === 'events' ? 'all' : `\`${shown}\``;
    expect(plain).toMatch(
      new RegExp(`^\\| \`${name}\` +\\| ${given.replace('[]', '\\[\\]')} `, 'm'),
    );
  }
  for (const [, name = ''] of setup.matchAll(/^ {2}readonly (\w+)/gm)) {
    expect(readme).toContain(`| \`${name}\``);
  }
  const { steadyNow, ...ports } = withDefaultPorts({});
  expect(steadyNow()).toBeGreaterThan(0);
  for (const name of Object.keys(ports)) expect(readme).toContain(`\`${name}\``);
});
