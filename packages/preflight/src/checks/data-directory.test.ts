import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../../test/fake-machine.ts';
import { checkDataDirectory } from './data-directory.ts';

describe('the check of a data directory', () => {
  it.each(['/srv', '/srv/a/b'])('accepts %s, which exists or can be created', (directory) => {
    expect(checkDataDirectory(directory, fakeMachine())).toEqual([]);
  });

  it.each(['/srv/file', '/srv/file/data'])('refuses %s, as there is a file', (directory) => {
    const machine = fakeMachine();
    machine.paths.set('/srv/file', '');
    expect(checkDataDirectory(directory, machine)).toEqual([
      {
        check: 'data directory',
        severity: 'error',
        message: '/srv/file is not a folder',
        remedy: 'choose another with --datadir',
      },
    ]);
  });

  it.each([
    ['/srv', '/srv may not be written to'],
    ['/srv/data', '/srv/data does not exist and cannot be made in /srv'],
  ])('refuses %s where the user may not write', (directory, message) => {
    const machine = fakeMachine();
    machine.closed.add('/srv');
    expect(checkDataDirectory(directory, machine)).toEqual([
      {
        check: 'data directory',
        severity: 'error',
        message,
        remedy: 'give the folder to the user that runs the node, or choose another with --datadir',
      },
    ]);
  });

  it('refuses a relative path of which nothing exists', () => {
    expect(checkDataDirectory('data', fakeMachine())).toMatchObject([
      { message: '. is not a folder' },
    ]);
  });
});
