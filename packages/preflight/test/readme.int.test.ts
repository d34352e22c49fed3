import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { runInThisContext } from 'node:vm';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import * as preflight from '../src/index.ts';
import { withDefaultPorts } from '../src/ports.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');

type Example = (
  exports: typeof preflight,
  console: { readonly log: (line: string) => void },
) => Promise<void>;

it('has an example that says what would stop a start', async () => {
  await using folder = await temporaryDirectory();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = code
    .replace(/^import (\{.*\}) from '@wemixvisor\/preflight';$/m, 'const $1 = exports;')
    .replaceAll('/srv/geth', folder.path)
    .replace('8545', String(port));
  const example = runInThisContext(`(async (exports, console) => { ${body} })`) as Example;
  const said: string[] = [];
  await example(preflight, { log: (line) => said.push(line) });
  server.close();
  expect(said.join('\n')).toMatch(
    /^error: port: tcp 127\.0\.0\.1:\d+ \(http\) is taken by .+\n {2}stop that process, or choose another port with --http\.port$/m,
  );
  expect(said).toContain(
    `error: file: ${folder.path}/jwt.hex (the secret of the engine API) does not exist\n  correct --authrpc.jwtsecret`,
  );
});

it('lists every export, option, check and port', () => {
  for (const [, name = ''] of read('../src/index.ts').matchAll(/(\w+)(?=, | \} from)/g)) {
    expect(readme).toMatch(new RegExp(`^\\| \`${name}\\b`, 'm'));
  }
  for (const [
    ,
    name = '',
  ] of `${read('../src/launch.ts')}${read('../src/surroundings.ts').split('\n}\n')[0] ?? ''}`.matchAll(
    /^ {2}readonly (\w+)/gm,
  )) {
    expect(readme).toContain(`| \`${name}\``);
  }
  const [, checks = ''] = /CheckName =([^;]*);/.exec(read('../src/problem.ts')) ?? [];
  for (const [, name = ''] of checks.matchAll(/'([^']+)'/g)) {
    expect(readme).toContain(`| \`${name}\``);
  }
  for (const name of Object.keys(withDefaultPorts({}))) expect(readme).toContain(`\`${name}\``);
});
