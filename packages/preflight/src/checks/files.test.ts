import { expect, it } from 'vitest';
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
  expect(checkFiles(files, machine)).toEqual([
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
