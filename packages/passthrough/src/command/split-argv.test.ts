import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitArgv } from './split-argv.ts';

describe('splitArgv', () => {
  it('gives everything to us when there is no separator', () => {
    expect(splitArgv(['status', '--json'])).toEqual({
      own: ['status', '--json'],
      node: [],
      separated: false,
    });
  });

  it('splits at the first separator and leaves later ones to the node', () => {
    expect(splitArgv(['start', '--', '--http', '--', '-h'])).toEqual({
      own: ['start'],
      node: ['--http', '--', '-h'],
      separated: true,
    });
  });

  it('reassembles every command line', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant('--'), fc.string())), (argv) => {
        const { own, node, separated } = splitArgv(argv);
        expect([...own, ...(separated ? ['--'] : []), ...node]).toEqual(argv);
        expect(own).not.toContain('--');
      }),
    );
  });
});
