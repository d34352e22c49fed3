import { describe, expect, it } from 'vitest';
import { cleanPath, expandPath } from './expand-path.ts';

const context = { env: { D: '/d', HOME: '/h', '1': 'one', EMPTY: '' }, homeDirectory: '/user' };
const expand = (path: string) => expandPath(path, context);

describe('expandPath', () => {
  it.each([
    ['~/x', '/h/x'],
    ['~', '~'],
    ['~op/x', '~op/x'],
    ['$D/x', '/d/x'],
    ['${D}x', '/dx'],
    ['$DX/y', '/y'],
    ['$1x', 'onex'],
    ['$EMPTY', '.'],
    ['a$', 'a$'],
    ['a$/b', 'a$/b'],
    ['${D', 'D'],
    ['${}x', 'x'],
    ['$$x', 'x'],
    ['', '.'],
    ['/a//b/../c/', '/a/c'],
    ['./', '.'],
  ])('makes %j into %j', (path, expanded) => {
    expect(expand(path)).toBe(expanded);
  });

  it('takes the home directory of the user where HOME is not set', () => {
    expect(expandPath('~/x', { env: {}, homeDirectory: '/user' })).toBe('/user/x');
    expect(expandPath('~/x', { env: {}, homeDirectory: '' })).toBe('~/x');
  });
});

it('cleanPath keeps the root', () => {
  expect(cleanPath('/')).toBe('/');
  expect(cleanPath('//')).toBe('/');
});
