import { describe, expect, it } from 'vitest';
import { launchOf } from '../../test/launch-of.ts';
import { launchDifferences } from './launch-differences.ts';

describe('launchDifferences', () => {
  it('finds none between equal launches, whatever their environment', () => {
    expect(launchDifferences(launchOf(), launchOf({ env: { GOGC: '50' } }))).toEqual([]);
  });

  it('names another program and other arguments', () => {
    const wanted = launchOf({ file: '/opt/gwemix', args: [] });
    expect(launchDifferences(launchOf(), wanted)).toEqual([
      'the program is /usr/bin/geth, not /opt/gwemix',
      'the arguments are --datadir /data, not (none)',
    ]);
  });

  it.each([
    [
      ['--http', '--ws'],
      ['--ws', '--http'],
    ],
    [['--datadir', '/data'], ['--datadir=/data']],
    [['a b'], ['a', 'b']],
    [['--http'], ['--http', '']],
  ])('tells %j from %j: only the same words are the same', (args, other) => {
    expect(launchDifferences(launchOf({ args }), launchOf({ args: other }))).toHaveLength(1);
  });

  it('shows no secret', () => {
    const secret = 'deadbeef'.repeat(8);
    const running = launchOf({ args: ['--nodekeyhex', secret] });
    const words = launchDifferences(running, launchOf({ args: [] })).join('\n');
    expect(words).toContain('--nodekeyhex');
    expect(words).not.toContain(secret);
  });
});
