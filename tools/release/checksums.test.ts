import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { checksumsOf } from './checksums.mjs';

it('checksumsOf lists the files of a folder as sha256sum does', async () => {
  await using folder = await temporaryDirectory();
  writeFileSync(join(folder.path, 'b'), '');
  writeFileSync(join(folder.path, 'a'), 'a');
  expect(checksumsOf(folder.path)).toBe(
    'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a\n' +
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n',
  );
});
