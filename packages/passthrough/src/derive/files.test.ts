import { expect, it } from 'vitest';
import { deriveFiles } from './files.ts';
import { readConfiguration } from '../parse/read-configuration.ts';

const context = {
  flavour: 'geth',
  version: '1.17.5',
  cwd: '/srv',
  homeDirectory: '/h',
  readFile: () => '[Node]\nJWTSecret = "jwt"\n',
} as const;

it('lists the files that flags and TOML name, absolute', () => {
  const argv = ['--config=c.toml', '--password', '~/pw', '--nodekey=/k', '--override.genesis', 'g'];
  expect(deriveFiles(readConfiguration(argv, context))).toEqual([
    { flag: 'config', path: '/srv/c.toml', purpose: expect.any(String), mustExist: true },
    { flag: 'authrpc.jwtsecret', path: '/srv/jwt', purpose: expect.any(String), mustExist: false },
    { flag: 'nodekey', path: '/k', purpose: expect.any(String), mustExist: true },
    // The library expands nothing in this one.
    { flag: 'password', path: '/srv/~/pw', purpose: expect.any(String), mustExist: true },
    { flag: 'override.genesis', path: '/srv/g', purpose: expect.any(String), mustExist: true },
  ]);
});

it('expands the path of the Engine API secret', () => {
  const [file] = deriveFiles(readConfiguration(['--authrpc.jwtsecret=~/jwt'], context));
  expect(file?.path).toBe('/h/jwt');
});

it('lists nothing that is not named', () => {
  expect(deriveFiles(readConfiguration(['--password='], context))).toEqual([]);
});
