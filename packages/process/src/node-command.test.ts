import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { whyNotExecutable } from './node-command.ts';

it('says in words why a command cannot be executed', async () => {
  await using directory = await temporaryDirectory();
  const cwd = directory.path;
  const command = { args: [], env: {}, cwd };
  writeFileSync(join(cwd, 'geth'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(cwd, 'a=b'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(cwd, 'plain'), '', { mode: 0o644 });
  chmodSync(join(cwd, 'plain'), 0o644);
  mkdirSync(join(cwd, 'folder'));

  expect(whyNotExecutable({ ...command, file: 'geth' })).toBeUndefined();
  expect(whyNotExecutable({ ...command, file: join(cwd, 'geth') })).toBeUndefined();
  expect(whyNotExecutable({ ...command, file: 'gteh' })).toBe(`there is no program ${cwd}/gteh`);
  expect(whyNotExecutable({ ...command, file: 'geth/x' })).toContain('there is no program');
  expect(whyNotExecutable({ ...command, file: 'folder' })).toBe(
    `${cwd}/folder is not a regular file`,
  );
  expect(whyNotExecutable({ ...command, file: 'plain' })).toBe(
    `${cwd}/plain cannot be executed (EACCES): check its permissions`,
  );
  expect(whyNotExecutable({ ...command, file: 'a=b' })).toContain('holds "="');
  expect(whyNotExecutable({ ...command, file: 'geth', args: ['a\0b'] })).toContain('zero byte');
  const bytes = { file: 'geth', args: ['\udcff'], env: { 'n\udc80': '\udcff' } };
  expect(whyNotExecutable({ ...command, ...bytes })).toBeUndefined();
  expect(whyNotExecutable({ ...command, file: 'geth', args: ['x', '\udc00'] })).toBe(
    'argument 2 holds half a character, which stands for no bytes',
  );
  expect(whyNotExecutable({ ...command, file: 'geth', env: { A: '\ud800' } })).toContain(
    'the variable A stands',
  );
  expect(whyNotExecutable({ ...command, file: 'g\udcff' })).toBe(
    String.raw`the path g\xff is not UTF-8: use one that is, such as a link`,
  );
  expect(whyNotExecutable({ ...command, file: 'geth', cwd: '/\udc80' })).toContain(
    String.raw`the path /\x80`,
  );
  expect(whyNotExecutable({ ...command, file: 'geth', cwd: join(cwd, 'none') })).toBe(
    `the working directory ${cwd}/none does not exist or is no directory`,
  );
});
