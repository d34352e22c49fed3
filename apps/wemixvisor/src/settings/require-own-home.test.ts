import { chmodSync, chownSync, statSync } from 'node:fs';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { requireOwnHome } from './require-own-home.ts';

describe('requireOwnHome', () => {
  it("takes the user's own home, and one that is not there yet", async () => {
    await using folder = await temporaryDirectory();
    chmodSync(folder.path, 0o755);
    expect(() => requireOwnHome(folder.path, process.getuid?.() ?? -1)).not.toThrow();
    expect(() => requireOwnHome(`${folder.path}/none`, 12_345)).not.toThrow();
  });

  it('refuses the home of somebody else', async () => {
    await using folder = await temporaryDirectory();
    const owner = process.getuid?.() ?? -1;
    // The tests may be run by root, whose folders everybody trusts.
    if (owner === 0) chownSync(folder.path, 1001, 1001);
    const { uid } = statSync(folder.path);
    expect(() => requireOwnHome(folder.path, 12_345)).toThrow(`belongs to user ${uid}`);
  });
});
