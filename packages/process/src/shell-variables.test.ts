import { expect, it } from 'vitest';
import { passesShell } from './shell-variables.ts';

it.each(['A', '_A1', 'PATH', 'HOME', 'LC_ALL', 'PWDX', 'XPWD', 'PS', 'PS5', 'UIDS', 'SHELL'])(
  'lets %s pass the shell',
  (name) => {
    expect(passesShell(name)).toBe(true);
  },
);

it.each(['PWD', '_', 'SHLVL', 'BASH', 'BASH_ENV', 'ENV', 'PS0', 'PS4', 'EPOCHSECONDS', 'OSTYPE'])(
  'keeps %s from the shell, which sets or obeys it',
  (name) => {
    expect(passesShell(name)).toBe(false);
  },
);

it.each(['', 'a.b', '1A', '-u', 'BASH_FUNC_f%%', 'ü', 'A ', 'A\n', 'A\udcff'])(
  'keeps %j from the shell, which knows no such name',
  (name) => {
    expect(passesShell(name)).toBe(false);
  },
);
