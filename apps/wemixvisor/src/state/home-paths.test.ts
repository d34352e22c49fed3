import { describe, expect, it } from 'vitest';
import { homeFolder, homePaths } from './home-paths.ts';

const where = { env: {}, cwd: '/srv', homeDirectory: '/home/op' };

describe('homeFolder', () => {
  it('is ~/.wemixvisor where nothing is said', () => {
    expect(homeFolder(undefined, where)).toBe('/home/op/.wemixvisor');
  });

  it('is DAEMON_HOME where that alone is set, also to a folder below this one', () => {
    expect(homeFolder(undefined, { ...where, env: { DAEMON_HOME: '/b' } })).toBe('/b');
    expect(
      homeFolder(undefined, { ...where, env: { DAEMON_HOME: 'b', WEMIXVISOR_HOME: '' } }),
    ).toBe('/srv/b');
    expect(homeFolder(undefined, { ...where, env: { DAEMON_HOME: '' } })).toBe(
      '/home/op/.wemixvisor',
    );
  });

  it.each(['/h\udcff', 'h\ufffd', '/\udc00'])(
    'is refused at %j, whose bytes would be others',
    (option) => {
      expect(() => homeFolder(option, where)).toThrow('is not UTF-8');
      expect(() => homeFolder(undefined, { ...where, homeDirectory: option })).toThrow(
        'name another',
      );
    },
  );

  it('prefers the option to WEMIXVISOR_HOME and that to DAEMON_HOME', () => {
    const env = { WEMIXVISOR_HOME: '/a', DAEMON_HOME: '/b' };
    expect(homeFolder(undefined, { ...where, env })).toBe('/a');
    expect(homeFolder('c', { ...where, env })).toBe('/srv/c');
  });
});

describe('homePaths', () => {
  const places = { temporaryDirectory: '/tmp', uid: 1000 };

  it('puts the socket under the home', () => {
    expect(homePaths('/srv/node', places)).toMatchObject({
      socket: '/srv/node/run/control.sock',
      socketMoved: false,
      nodeLog: '/srv/node/logs/node.log',
      state: '/srv/node/run/state.json',
    });
  });

  it('gives a home that is too deep for a socket a short one of its own', () => {
    const deep = homePaths(`/srv/${'x'.repeat(100)}`, places);
    const deeper = homePaths(`/srv/${'x'.repeat(101)}`, places);
    expect(deep.socketMoved).toBe(true);
    expect(deep.socket).toMatch(/^\/tmp\/wemixvisor-1000\/[0-9a-f]{16}\.sock$/);
    expect(deeper.socket).not.toBe(deep.socket);
  });
});
