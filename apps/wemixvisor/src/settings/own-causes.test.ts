import { describe, expect, it } from 'vitest';
import { ownCauses } from './own-causes.ts';

const good = {
  pattern: '^Fatal: licence',
  cause: 'plugin-licence',
  class: 'never',
  remedy: 'renew it',
};

describe('causes that an operator adds', () => {
  it('may say what happened, in place of the line', () => {
    const list = [good, { ...good, class: 'hold', summary: 'no licence' }];
    expect(ownCauses.parse(list)).toEqual(list);
    expect(ownCauses.parse(ownCauses.example)).toEqual(ownCauses.example);
  });

  it.each([
    [{ pattern: '(' }, 'its pattern is not a regular expression'],
    [{ cause: 'Plugin Licence' }, 'its cause is not a name like plugin-licence'],
    [{ cause: 'x'.repeat(61) }, 'its cause is not a name like plugin-licence'],
    [{ class: 'always' }, 'its class is not one of never, short, retry, hold'],
    [{ remedy: 'two\nlines' }, 'its remedy is not a line of at most 400 characters'],
    [{ remedy: undefined }, 'its remedy is not a line of at most 400 characters'],
    [{ summary: 'x'.repeat(401) }, 'its summary is not a line of at most 400 characters'],
  ])('are refused with what is wrong: %j', (wrong, why) => {
    expect(ownCauses.parse([good, { ...good, ...wrong }])).toBeUndefined();
    expect(ownCauses.why?.([good, { ...good, ...wrong }])).toBe(`number 2: ${why}`);
  });

  it('are at most a hundred', () => {
    const causes = (count: number) => Array.from({ length: count }, () => good);
    expect(ownCauses.parse(causes(100))).toHaveLength(100);
    expect(ownCauses.parse(causes(101))).toBeUndefined();
  });
});
