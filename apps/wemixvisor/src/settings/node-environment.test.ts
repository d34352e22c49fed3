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

  it('adds what was given, which wins, with = in its value', () => {
    expect(nodeEnvironment({ GOGC: '100' }, ['GOGC=50', 'OPTS=a=b', 'EMPTY='])).toEqual({
      GOGC: '50',
      OPTS: 'a=b',
      EMPTY: '',
    });
  });
});
