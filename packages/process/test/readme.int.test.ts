import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { jsonFileStore, stopVerifiedNode } from '../src/index.ts';
import { identifyProcess } from '../src/process-identity.ts';
import { bundle } from './support/bundle.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const errors = readFileSync(new URL('../src/errors.ts', import.meta.url), 'utf8');

it('has an example that supervises sleep and adopts it again from another process', async () => {
  await using directory = await temporaryDirectory();
  const [, example = ''] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
  writeFileSync(join(directory.path, 'package.json'), '{"type":"module"}');
  const dependencies = fileURLToPath(new URL('../node_modules', import.meta.url));
  symlinkSync(dependencies, join(directory.path, 'node_modules'));
  await bundle(new URL('../src/index.ts', import.meta.url), directory.path);
  const file = join(directory.path, 'example.js');
  writeFileSync(
    file,
    example.replace('@wemixvisor/process', './index.js').replace('/tmp/', `${directory.path}/`),
  );
  const run = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], {
      // Nx asks its tasks for colours, and so would the example print them.
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    const [home = '', pid, adopted] = stdout.trim().split(' ');
    return { home, pid: Number(pid), adopted };
  };

  const first = await run();
  expect(first.adopted).toBe('false');
  expect(identifyProcess(first.pid)?.executable).toContain('sleep');
  expect(await run(first.home)).toEqual({ ...first, adopted: 'true' });

  const { record, persist } = jsonFileStore(join(first.home, 'record.json'));
  const { snapshot } = await stopVerifiedNode(record!, { runDirectory: first.home, persist });
  expect(snapshot.lastExit).toMatchObject({ signal: 'SIGTERM', cause: 'asked' });
  expect(identifyProcess(first.pid)).toBeUndefined();
});

it('names every export', () => {
  const index = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');
  const names = [...index.matchAll(/\{([^}]*)\}/g)].flatMap(([, list = '']) =>
    list.split(',').map((name) => name.replace('type ', '').trim()),
  );
  const exported = names.filter((name) => name !== '');
  expect(exported).toHaveLength(21);
  for (const name of exported) expect(readme).toMatch(new RegExp(`\`${name}\\b`));
});

it('lists every error code', () => {
  const codes = [...errors.matchAll(/\| '([A-Z_]+)'/g)].map(([, code]) => code);
  const listed = [...readme.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code);
  expect(listed).toEqual(codes);
});
