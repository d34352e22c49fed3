import { describe, expect, it } from 'vitest';
import { createLiveIdentity } from './live-identity.ts';

/** The identity of a path that leads to a file of some inode, or to none. */
function identity(first: number | null) {
  let inode = first;
  const live = createLiveIdentity('/l/node.log', (path) => {
    expect(path).toBe('/l/node.log');
    return inode;
  });
  return {
    live,
    look: (now: number | null) => {
      inode = now;
      return [live.hasChanged(), live.isOurs()];
    },
  };
}

describe('the identity of the live file', () => {
  it('changes once when the file is moved away, and once when it is back', () => {
    const { look } = identity(7);
    expect(look(7)).toEqual([false, true]);
    expect(look(null)).toEqual([true, false]);
    expect(look(null)).toEqual([false, false]);
    expect(look(7)).toEqual([true, true]);
    expect(look(7)).toEqual([false, true]);
  });

  it('changes once for each file that takes its place', () => {
    const { look } = identity(7);
    expect(look(8)).toEqual([true, false]);
    expect(look(8)).toEqual([false, false]);
    expect(look(9)).toEqual([true, false]);
  });

  it('is that of the first file where there was none', () => {
    const { look } = identity(null);
    expect(look(null)).toEqual([false, true]);
    expect(look(7)).toEqual([false, true]);
    expect(look(8)).toEqual([true, false]);
  });

  it('is that of the file which the writers were given last', () => {
    const { live, look } = identity(7);
    expect(look(8)).toEqual([true, false]);
    live.accept();
    expect(look(8)).toEqual([false, true]);
    expect(look(7)).toEqual([true, false]);
  });
});
