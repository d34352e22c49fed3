import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { jsonFileStore } from './json-file-store.ts';
import { initialLifecycle } from './lifecycle/state.ts';

it('gives back what it saved, for its owner alone', async () => {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'record.json');
  const store = jsonFileStore(file);
  expect(store.record).toBeUndefined();
  const record = { ...initialLifecycle, generation: 3 };
  store.persist(record);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toMatch(/\n$/);
  expect(jsonFileStore(file).record).toEqual(record);
});

it.each([
  ['is no JSON', '{'],
  ['is of another version', '{"state":"asleep"}'],
])('starts over without no file that %s', async (_, text) => {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'record.json');
  writeFileSync(file, text);
  expect(() => jsonFileStore(file)).toThrow(
    expect.objectContaining({
      code: 'RECORD_UNREADABLE',
      message: expect.stringMatching(/record\.json .*: see whether its node is still running/),
    }),
  );
});

it('says why a record cannot be read or saved', async () => {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'a', 'record.json');
  mkdirSync(file, { recursive: true });
  expect(() => jsonFileStore(file)).toThrow(/cannot be read: EISDIR/);
  const store = jsonFileStore(join(folder.path, 'none', 'record.json'));
  expect(() => store.persist(initialLifecycle)).toThrow('ENOENT');
});
