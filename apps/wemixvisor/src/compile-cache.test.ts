import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { keepCompiledCode } from './compile-cache.ts';

const uid = process.getuid?.() ?? -1;

/** Where compiled code would be kept; null for nowhere. */
function kept(env: Readonly<Record<string, string>>, user = uid): string | null {
  let folder: string | null = null;
  keepCompiledCode(env, user, { enableCompileCache: (directory) => (folder = directory) });
  return folder;
}

describe('compiled code', () => {
  it("is kept in the user's cache folder", async () => {
    await using home = await temporaryDirectory();
    expect(kept({ HOME: home.path })).toBe(join(home.path, '.cache', 'wemixvisor'));
    const caches = { HOME: '/nowhere', XDG_CACHE_HOME: home.path };
    expect(kept(caches)).toBe(join(home.path, 'wemixvisor'));
  });

  it("is kept nowhere without a folder that is this user's own", async () => {
    await using home = await temporaryDirectory();
    expect(kept({ HOME: home.path }, uid + 1)).toBeNull();
    for (const mode of [0o720, 0o702, 0o1777]) {
      chmodSync(home.path, mode);
      expect(kept({ HOME: home.path })).toBeNull();
    }
    expect(kept({ HOME: join(home.path, 'none') })).toBeNull();
    expect(kept({ HOME: 'here' })).toBeNull();
    expect(kept({})).toBeNull();
  });

  it('is none of the business of a Node.js that keeps none', async () => {
    await using home = await temporaryDirectory();
    expect(() => keepCompiledCode({ HOME: home.path }, uid, {})).not.toThrow();
  });
});
