import { describe, expect, it } from 'vitest';
import { whyNotTrusted } from './trust.ts';

const owned = (uid: number, mode = 0o100600) => ({ uid, mode });

describe('whyNotTrusted', () => {
  it.each([
    ["the user's own file", owned(1000), 1000],
    ["root's file", owned(0, 0o100644), 1000],
    ['any file where there are no users', owned(7, 0o100666), -1],
  ])('trusts %s', (_, file, uid) => {
    expect(whyNotTrusted('/c.toml', file, uid)).toBeUndefined();
  });

  it.each([
    [owned(1001), 1000, 'belongs to user 1001'],
    [owned(1000), 0, 'belongs to user 1000'],
    [owned(1000, 0o100660), 1000, 'can be changed by other users (mode 660): chmod 600 it'],
    [owned(0, 0o100646), 1000, 'can be changed by other users (mode 646): chmod 600 it'],
  ])('refuses %o for user %i', (file, uid, words) => {
    expect(whyNotTrusted('/c.toml', file, uid)).toContain(`/c.toml ${words}`);
  });
});
