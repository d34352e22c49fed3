import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { expect, it } from 'vitest';
import * as serviceFiles from '../src/index.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../README.md');

type Example = (
  exports: typeof serviceFiles,
  console: { readonly log: (line: string) => void },
) => void;

/** What the example of the README prints, for a system. */
function fileFor(system: string): string {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = code
    .replace(/^import (\{.*\}) from '@wemixvisor\/service-files';$/m, 'const $1 = exports;')
    .replace("'systemd'", `'${system}'`);
  const said: string[] = [];
  const example = runInThisContext(`((exports, console) => { ${body} })`) as Example;
  example(serviceFiles, { log: (line) => said.push(line) });
  return said.join('\n');
}

it('has an example that prints a unit', () => {
  expect(fileFor('systemd')).toContain(
    '\nExecStart="/usr/bin/queue" "--title" "100%% \\"mine\\""\n',
  );
});

it('has an example that prints a plist too', () => {
  expect(fileFor('launchd')).toContain('<string>100% "mine"</string>');
});

it('lists every export and option, and what the files set', () => {
  for (const [, name = ''] of read('../src/index.ts').matchAll(/(\w+)(?=, | \} from)/g)) {
    expect(readme).toMatch(new RegExp(`^\\| \`${name}\\b`, 'm'));
  }
  const options = [...read('../src/service-description.ts').matchAll(/^ {2}readonly (\w+)/gm)];
  for (const [, name = ''] of options) expect(readme).toContain(`| \`${name}\``);
  const asked = serviceFiles.serviceFile('systemd', {
    ...{
      description: 'd',
      label: 'l',
      user: 'u',
      command: ['/x'],
      stopTimeoutMs: 1,
      notifies: true,
    },
    sandbox: { writable: ['/srv'], sharesTmp: false },
  });
  for (const [, inside = ''] of readme.matchAll(/`([A-Z]\w+(?:=[\w-]+)?)`/g)) {
    if (['RangeError', 'Error', 'NOTIFY_SOCKET'].includes(inside)) continue;
    expect(fileFor('systemd') + fileFor('launchd') + asked).toContain(inside);
  }
});
