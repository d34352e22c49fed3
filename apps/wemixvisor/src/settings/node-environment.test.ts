import { describe, expect, it } from 'vitest';
import { nodeEnvironment } from './node-environment.ts';

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
