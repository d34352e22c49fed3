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
  const read = { purpose: expect.any(String), mustExist: true, content: null };
  expect(deriveFiles(readConfiguration(argv, context))).toEqual([
    { flag: 'config', path: '/srv/c.toml', ...read },
    { flag: 'nodekey', path: '/k', ...read },
    // The library expands nothing in this one.
    { flag: 'password', path: '/srv/~/pw', ...read },
    { flag: 'override.genesis', path: '/srv/g', ...read },
    {
      flag: 'authrpc.jwtsecret',
      path: '/srv/jwt',
      purpose: 'the secret of the Engine API',
      mustExist: false,
      content: 'jwt-secret',
    },
  ]);
});

it('expands the path of the Engine API secret', () => {
  const [file] = deriveFiles(readConfiguration(['--authrpc.jwtsecret=~/jwt'], context));
  expect(file?.path).toBe('/h/jwt');
});

it('leaves out the secret of an Engine API that is not served', () => {
  for (const argv of [['--dev'], ['--dev', '--config=c.toml']]) {
    const files = deriveFiles(readConfiguration([...argv, '--authrpc.jwtsecret=j'], context));
    expect(files.map(({ flag }) => flag)).not.toContain('authrpc.jwtsecret');
  }
});

it('lists nothing that is not named', () => {
  expect(deriveFiles(readConfiguration(['--password='], context))).toEqual([]);
});
