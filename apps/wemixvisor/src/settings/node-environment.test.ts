import { describe, expect, it } from 'vitest';
import { keptVariables, nodeEnvironment } from './node-environment.ts';

describe('nodeEnvironment', () => {
  it("is the operator's, less wemixvisor's own variables", () => {
    const environment = {
      PATH: '/bin',
      WEMIXVISOR_RPC_URL: 'x',
      DAEMON_HOME: 'y',
      NONE: undefined,
    };
    expect(nodeEnvironment(environment, [])).toEqual({ PATH: '/bin' });
  });

  it('keeps the line to systemd for the supervisor, unless it is given by name', () => {
    const line = { NOTIFY_SOCKET: '/run/n', WATCHDOG_USEC: '5', WATCHDOG_PID: '1' };
    const other = { INVOCATION_ID: 'a', WATCHDOG_X: '1', MY_NOTIFY_SOCKET: '2' };
    expect(nodeEnvironment({ ...line, ...other }, [])).toEqual(other);
    expect(nodeEnvironment(line, ['NOTIFY_SOCKET=/mine'])).toEqual({ NOTIFY_SOCKET: '/mine' });
  });

  it('refuses a variable whose bytes are not known, unless it is given anew', () => {
    expect(() => nodeEnvironment({ A: '1', B: '\udc00' }, [])).toThrow('the bytes of B are not');
    expect(nodeEnvironment({ B: '\udc00' }, ['B=2'])).toEqual({ B: '2' });
    expect(nodeEnvironment({ 'n\udcff': '\udc80' }, [])).toEqual({ 'n\udcff': '\udc80' });
  });

  it('adds what was given, which wins, with = in its value', () => {
    expect(nodeEnvironment({ GOGC: '100' }, ['GOGC=50', 'OPTS=a=b', 'EMPTY='])).toEqual({
      GOGC: '50',
      OPTS: 'a=b',
      EMPTY: '',
    });
  });
});

describe('keptVariables', () => {
  it('keeps what geth and gwemix read as options, and names what is not as it was', () => {
    const last = { PATH: '/bin', GETH_CACHE: '512', GWEMIX_HTTP: 'true', GETH_PORT: '1' };
    const present = { GETH_PORT: '2', GETH_MINE: 'true', LANG: 'C' };
    expect(keptVariables(last, present)).toEqual({
      kept: { GETH_CACHE: '512', GWEMIX_HTTP: 'true' },
      notes: [
        'GETH_CACHE is kept from the last start; stop and start -- OPTIONS drop it',
        'GWEMIX_HTTP is kept from the last start; stop and start -- OPTIONS drop it',
        'GETH_PORT is not as at the last start; the node reads it as an option',
        'GETH_MINE is not as at the last start; the node reads it as an option',
      ],
    });
  });

  it('says nothing where nothing changed, of a name that only begins like theirs, or of other variables', () => {
    const last = { GETH_CACHE: '512', GETHX: '1', A_GETH_B: '1', HOME: '/a' };
    expect(keptVariables(last, { GETH_CACHE: '512', HOME: '/b' })).toEqual({ kept: {}, notes: [] });
  });
});
