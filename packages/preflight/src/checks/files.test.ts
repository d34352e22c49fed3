import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../../test/fake-machine.ts';
import { checkFiles } from './files.ts';

it('the check of files names the option of each that is missing or closed', () => {
  const machine = fakeMachine();
  machine.paths.set('/srv/there', '');
  machine.paths.set('/srv/closed', '');
  machine.closed.add('/srv/closed');
  const files = [
    { flag: 'config', path: '/srv/there', purpose: 'its settings' },
    { flag: 'password', path: '/srv/gone', purpose: 'a secret' },
    { flag: 'nodekey', path: '/srv/closed', purpose: 'its key' },
  ];
  const problem = { check: 'file', severity: 'error' } as const;
  expect(checkFiles(files, null, machine)).toEqual([
    {
      ...problem,
      message: '/srv/gone (a secret) does not exist',
      remedy: 'correct --password',
    },
    {
      ...problem,
      message: '/srv/closed (its key) may not be read',
      remedy: 'correct --nodekey',
    },
  ]);
});

describe('a file that the node makes itself', () => {
  const file = { flag: 'out', purpose: 'its output', mustExist: false } as const;

  it('is no problem while its folder can be written to', () => {
    expect(checkFiles([{ ...file, path: '/srv/out' }], null, fakeMachine())).toEqual([]);
  });

  it('is one where its folder is missing or closed', () => {
    const machine = fakeMachine();
    machine.closed.add('/srv');
    const paths = ['/srv/out', '/gone/out'].map((path) => ({ ...file, path }));
    expect(checkFiles(paths, '/srv/data', machine)).toMatchObject([
      { message: '/srv/out (its output) cannot be made: its folder may not be written to' },
      {
        message: '/gone/out (its output) cannot be made: its folder does not exist',
        remedy: 'make /gone',
      },
    ]);
  });
});

it('the node makes the folders in its data directory itself', () => {
  const check = (path: string) =>
    checkFiles([{ flag: 'out', purpose: 'out', mustExist: false, path }], '/srv/d', fakeMachine());
  expect(check('/srv/d/out')).toEqual([]);
  expect(check('/srv/d/geth/out')).toEqual([]);
  expect(check('/srv/data/out')).toHaveLength(1);
});

describe('a JWT secret', () => {
  const secret = 'c0ffee99'.repeat(8);
  const problemsWith = (text: string) => {
    const machine = fakeMachine();
    machine.paths.set('/srv/jwt', text);
    const named = { flag: 'authrpc.jwtsecret', path: '/srv/jwt', purpose: 'the secret' } as const;
    return checkFiles([{ ...named, mustExist: false, content: 'jwt-secret' }], null, machine);
  };

  // The last one was given to geth 1.16.9, which took it.
  it.each([secret, `0x${secret}`, ` 0X${secret}\n`, secret.toUpperCase(), `0x${secret}zz\n`])(
    'is what the node takes for one: %j',
    (text) => expect(problemsWith(text)).toEqual([]),
  );

  it.each(['', 'password', secret.slice(2), `${secret}00`, `g${secret}`, secret.repeat(100)])(
    'is nothing else, and never shown: %j',
    (text) => {
      const [problem] = problemsWith(text);
      expect(problem).toMatchObject({
        severity: 'error',
        message: '/srv/jwt (the secret) is no JWT secret of 32 bytes',
      });
      expect(JSON.stringify(problem)).not.toContain('c0ffee');
    },
  );
});
