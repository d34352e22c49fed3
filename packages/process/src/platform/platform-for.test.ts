import { describe, expect, it } from 'vitest';
import { platformFor } from './platform-for.ts';

describe('platformFor', () => {
  it('knows Linux and macOS', () => {
    expect(platformFor('linux').identifyEveryMs).toBe(0);
    expect(platformFor('darwin').identifyEveryMs).toBe(5_000);
  });
  it('refuses others with a reason', () => {
    expect(() => platformFor('win32')).toThrow('processes cannot be told apart on win32');
  });
});
