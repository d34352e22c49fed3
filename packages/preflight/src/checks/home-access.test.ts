import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../../test/fake-machine.ts';
import { checkHomeAccess } from './home-access.ts';

function machineWith(modes: Readonly<Record<string, number>>) {
  const machine = fakeMachine();
  for (const [path, mode] of Object.entries(modes)) {
    machine.paths.set(path, null);
    machine.modes.set(path, mode);
  }
  return machine;
}
const messages = (modes: Readonly<Record<string, number>>, home = '/srv/home') =>
  checkHomeAccess(home, machineWith(modes)).map(({ message }) => message);

describe('the check of the home', () => {
  it('accepts what only its owner may write to, below a folder with the sticky bit', () => {
    expect(messages({ '/srv': 0o1777, '/srv/home': 0o700 })).toEqual([]);
    expect(messages({ '/srv': 0o775, '/srv/home': 0o755 })).toEqual([]);
  });

  it.each([
    [0o777, 'any user may write to /srv/home (mode 777), and so change what is run'],
    [0o702, 'any user may write to /srv/home (mode 702), and so change what is run'],
    [0o770, 'its group may write to /srv/home (mode 770), and so change what is run'],
    [0o1777, 'any user may write to /srv/home (mode 1777), and so change what is run'],
  ])('warns of a home of mode %i', (mode, message) => {
    expect(messages({ '/srv/home': mode })).toEqual([message]);
  });

  it('warns of a folder above it in which any user may rename it, also before there is a home', () => {
    const message = 'any user may write to /srv (mode 777), and so replace /srv/a/home';
    expect(
      messages({ '/srv': 0o777, '/srv/a': 0o700, '/srv/a/home': 0o700 }, '/srv/a/home'),
    ).toEqual([message]);
    expect(checkHomeAccess('/srv/a/home', machineWith({ '/srv': 0o777 }))).toEqual([
      { check: 'home', severity: 'warning', message, remedy: 'chmod go-w /srv' },
    ]);
  });
});
