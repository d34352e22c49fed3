import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { makePrivateFolder } from './private-folder.ts';

it('makes a folder and those above it, for their owner only', async () => {
  await using place = await temporaryDirectory();
  const folder = join(place.path, 'a/b/c');
  makePrivateFolder(folder);
  makePrivateFolder(folder);
  for (const made of ['a', 'a/b', 'a/b/c']) {
    expect(statSync(join(place.path, made)).mode & 0o777).toBe(0o700);
  }
});

it('leaves a folder that is there as it is', async () => {
  await using place = await temporaryDirectory();
  mkdirSync(join(place.path, 'open'), { mode: 0o755 });
  makePrivateFolder(join(place.path, 'open'));
  expect(statSync(join(place.path, 'open')).mode & 0o777).toBe(0o755);
});

it('ends where a folder cannot be made', async () => {
  await using place = await temporaryDirectory();
  writeFileSync(join(place.path, 'file'), '');
  expect(() => makePrivateFolder(join(place.path, 'file/a/b'))).toThrow('ENOTDIR');
});

it.runIf(process.platform === 'linux')('ends in /proc, where mkdir of Node.js does not', () => {
  expect(() => makePrivateFolder('/proc/wemixvisor/a')).toThrow('ENOENT');
});
