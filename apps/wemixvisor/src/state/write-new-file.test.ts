import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { writeNewFile } from './write-new-file.ts';

it('writes a file for its owner, with its folder, and never over another one', async () => {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'a/b/config.toml');
  expect(() => writeNewFile(file, 'one')).toThrow('ENOENT');
  expect(writeNewFile(file, 'one', { withFolder: true })).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder.path, 'a')).mode & 0o777).toBe(0o700);
  expect(writeNewFile(file, 'two')).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe('one');
});

it('names the file that cannot be written', async () => {
  await using folder = await temporaryDirectory();
  writeFileSync(join(folder.path, 'a'), '');
  const file = join(folder.path, 'a/config.toml');
  const write = () => writeNewFile(file, 'one', { withFolder: true });
  expect(write).toThrow(`cannot write ${file}: `);
});
